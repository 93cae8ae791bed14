-- CreateTable
CREATE TABLE "Capture" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "digest" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "service" TEXT,
    "pod" TEXT,
    "build" TEXT,
    "labels" JSONB NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "capturedAt" DATETIME,
    "source" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "blobKey" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "analysisVersion" INTEGER,
    "analysisKey" TEXT,
    "goVersion" TEXT,
    "durationMs" REAL,
    "events" INTEGER,
    "goroutines" INTEGER
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
    "p50Ns" REAL,
    "p90Ns" REAL,
    "p99Ns" REAL,
    "maxNs" REAL,
    "longestCensoredNs" REAL,
    "totalNs" REAL NOT NULL,
    "waiters" JSONB NOT NULL,

    PRIMARY KEY ("captureId", "rank"),
    CONSTRAINT "CaptureLock_captureId_fkey" FOREIGN KEY ("captureId") REFERENCES "Capture" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TargetArm" (
    "targetId" TEXT NOT NULL PRIMARY KEY,
    "trigger" TEXT NOT NULL,
    "threshold" REAL,
    "lockId" TEXT,
    "seconds" INTEGER NOT NULL,
    "most" INTEGER NOT NULL,
    "fired" INTEGER NOT NULL,
    "armedAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "TargetArm_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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
