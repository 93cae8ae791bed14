-- CreateTable
CREATE TABLE "Service" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "firstSeen" DATETIME NOT NULL,
    "lastSeen" DATETIME NOT NULL,
    "goVersion" TEXT
);

-- CreateTable
CREATE TABLE "Build" (
    "service" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "firstSeen" DATETIME NOT NULL,
    "lastSeen" DATETIME NOT NULL,
    "goVersion" TEXT,

    PRIMARY KEY ("service", "build")
);

-- CreateTable
CREATE TABLE "Target" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "service" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "everyMs" INTEGER NOT NULL,
    "build" TEXT,
    "labels" JSONB NOT NULL,
    "profiles" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" DATETIME NOT NULL,
    "lastAt" DATETIME,
    "lastError" TEXT,
    "restarts" INTEGER NOT NULL DEFAULT 0,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "facts" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "TargetEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "targetId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    CONSTRAINT "TargetEvent_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Upload" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "digest" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "service" TEXT,
    "build" TEXT,
    "labels" JSONB NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "blobKey" TEXT NOT NULL,
    "hasWindow" BOOLEAN NOT NULL
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" JSONB NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Target_service_url_key" ON "Target"("service", "url");

-- CreateIndex
CREATE INDEX "TargetEvent_targetId_at_idx" ON "TargetEvent"("targetId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Upload_digest_key" ON "Upload"("digest");

-- CreateIndex
CREATE INDEX "Upload_receivedAt_idx" ON "Upload"("receivedAt");
