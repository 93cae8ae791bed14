-- CreateEnum
CREATE TYPE "CaptureSource" AS ENUM ('upload', 'push', 'target', 'armed');

-- CreateEnum
CREATE TYPE "CaptureStatus" AS ENUM ('waiting', 'analysing', 'done', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "ArmTrigger" AS ENUM ('recorder', 'goroutines', 'periodic');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "TargetEventKind" ADD VALUE 'armed';
ALTER TYPE "TargetEventKind" ADD VALUE 'fired';
ALTER TYPE "TargetEventKind" ADD VALUE 'disarmed';
ALTER TYPE "TargetEventKind" ADD VALUE 'trace';

-- CreateTable
CREATE TABLE "Capture" (
    "id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "service" TEXT,
    "pod" TEXT,
    "build" TEXT,
    "labels" JSONB NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "capturedAt" TIMESTAMP(3),
    "source" "CaptureSource" NOT NULL,
    "reason" TEXT NOT NULL,
    "blobKey" TEXT NOT NULL,
    "status" "CaptureStatus" NOT NULL,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "analysisVersion" INTEGER,
    "analysisKey" TEXT,
    "goVersion" TEXT,
    "durationMs" DOUBLE PRECISION,
    "events" INTEGER,
    "goroutines" INTEGER,

    CONSTRAINT "Capture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaptureLock" (
    "captureId" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "lockId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "isLock" BOOLEAN NOT NULL,
    "waits" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "censored" INTEGER NOT NULL,
    "p50Ns" DOUBLE PRECISION,
    "p90Ns" DOUBLE PRECISION,
    "p99Ns" DOUBLE PRECISION,
    "maxNs" DOUBLE PRECISION,
    "longestCensoredNs" DOUBLE PRECISION,
    "totalNs" DOUBLE PRECISION NOT NULL,
    "waiters" JSONB NOT NULL,

    CONSTRAINT "CaptureLock_pkey" PRIMARY KEY ("captureId","rank")
);

-- CreateTable
CREATE TABLE "TargetArm" (
    "targetId" TEXT NOT NULL,
    "trigger" "ArmTrigger" NOT NULL,
    "threshold" DOUBLE PRECISION,
    "lockId" TEXT,
    "seconds" INTEGER NOT NULL,
    "most" INTEGER NOT NULL,
    "fired" INTEGER NOT NULL,
    "armedAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TargetArm_pkey" PRIMARY KEY ("targetId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Capture_digest_key" ON "Capture"("digest");

-- CreateIndex
CREATE INDEX "Capture_receivedAt_idx" ON "Capture"("receivedAt");

-- CreateIndex
CREATE INDEX "Capture_service_receivedAt_idx" ON "Capture"("service", "receivedAt");

-- CreateIndex
CREATE INDEX "Capture_status_idx" ON "Capture"("status");

-- CreateIndex
CREATE INDEX "CaptureLock_lockId_idx" ON "CaptureLock"("lockId");

-- AddForeignKey
ALTER TABLE "CaptureLock" ADD CONSTRAINT "CaptureLock_captureId_fkey" FOREIGN KEY ("captureId") REFERENCES "Capture"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TargetArm" ADD CONSTRAINT "TargetArm_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target"("id") ON DELETE CASCADE ON UPDATE CASCADE;
