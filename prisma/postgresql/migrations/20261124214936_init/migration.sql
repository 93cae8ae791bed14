-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "TargetSource" AS ENUM ('config', 'ui');

-- CreateEnum
CREATE TYPE "TargetEventKind" AS ENUM ('first', 'restart', 'missed', 'error');

-- CreateTable
CREATE TABLE "Service" (
    "name" TEXT NOT NULL,
    "firstSeen" TIMESTAMP(3) NOT NULL,
    "lastSeen" TIMESTAMP(3) NOT NULL,
    "goVersion" TEXT,

    CONSTRAINT "Service_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Build" (
    "service" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "firstSeen" TIMESTAMP(3) NOT NULL,
    "lastSeen" TIMESTAMP(3) NOT NULL,
    "goVersion" TEXT,

    CONSTRAINT "Build_pkey" PRIMARY KEY ("service","build")
);

-- CreateTable
CREATE TABLE "Target" (
    "id" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "everyMs" INTEGER NOT NULL,
    "build" TEXT,
    "labels" JSONB NOT NULL,
    "profiles" JSONB NOT NULL,
    "source" "TargetSource" NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastAt" TIMESTAMP(3),
    "lastError" TEXT,
    "restarts" INTEGER NOT NULL DEFAULT 0,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "facts" JSONB NOT NULL,

    CONSTRAINT "Target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TargetEvent" (
    "id" SERIAL NOT NULL,
    "targetId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "kind" "TargetEventKind" NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "TargetEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Upload" (
    "id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "service" TEXT,
    "build" TEXT,
    "labels" JSONB NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "blobKey" TEXT NOT NULL,
    "hasWindow" BOOLEAN NOT NULL,

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Target_service_url_key" ON "Target"("service", "url");

-- CreateIndex
CREATE INDEX "TargetEvent_targetId_at_idx" ON "TargetEvent"("targetId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Upload_digest_key" ON "Upload"("digest");

-- CreateIndex
CREATE INDEX "Upload_receivedAt_idx" ON "Upload"("receivedAt");

-- AddForeignKey
ALTER TABLE "TargetEvent" ADD CONSTRAINT "TargetEvent_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target"("id") ON DELETE CASCADE ON UPDATE CASCADE;
