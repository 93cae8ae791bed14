-- CreateTable
CREATE TABLE "Deploy" (
    "service" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "note" TEXT,

    PRIMARY KEY ("service", "build", "at")
);

-- CreateTable
CREATE TABLE "Baseline" (
    "service" TEXT NOT NULL PRIMARY KEY,
    "value" JSONB NOT NULL,
    "setAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Comparison" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "service" TEXT,
    "origin" TEXT NOT NULL,
    "base" JSONB NOT NULL,
    "head" JSONB NOT NULL,
    "unit" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "blobKey" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "repo" TEXT,
    "pull" INTEGER,
    "suite" TEXT,
    "headSha" TEXT,
    "baseSha" TEXT,
    "reportId" TEXT
);

-- CreateTable
CREATE TABLE "Acknowledgement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "service" TEXT,
    "repo" TEXT,
    "pull" INTEGER,
    "siteId" TEXT NOT NULL,
    "lockId" TEXT,
    "function" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "from" REAL,
    "level" REAL NOT NULL,
    "unit" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME
);

-- CreateTable
CREATE TABLE "CiReport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "repo" TEXT NOT NULL,
    "pull" INTEGER,
    "suite" TEXT NOT NULL,
    "headSha" TEXT NOT NULL,
    "baseSha" TEXT,
    "mergeSha" TEXT,
    "baseSource" TEXT NOT NULL,
    "runAttempt" INTEGER NOT NULL,
    "metadata" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "comparisonId" TEXT,
    "failure" TEXT,
    "createdAt" DATETIME NOT NULL,
    "completedAt" DATETIME
);

-- CreateTable
CREATE TABLE "CiRun" (
    "reportId" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "blobKey" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,

    PRIMARY KEY ("reportId", "arm", "index", "kind"),
    CONSTRAINT "CiRun_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "CiReport" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CiComment" (
    "repo" TEXT NOT NULL,
    "pull" INTEGER NOT NULL,
    "suite" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "bodyDigest" TEXT NOT NULL,
    "headSha" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("repo", "pull", "suite")
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Build" (
    "service" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "firstSeen" DATETIME,
    "lastSeen" DATETIME,
    "goVersion" TEXT,
    "commit" TEXT,
    "branch" TEXT,
    "time" DATETIME,

    PRIMARY KEY ("service", "build")
);
INSERT INTO "new_Build" ("build", "firstSeen", "goVersion", "lastSeen", "service") SELECT "build", "firstSeen", "goVersion", "lastSeen", "service" FROM "Build";
DROP TABLE "Build";
ALTER TABLE "new_Build" RENAME TO "Build";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Comparison_service_createdAt_idx" ON "Comparison"("service", "createdAt");

-- CreateIndex
CREATE INDEX "Comparison_repo_pull_createdAt_idx" ON "Comparison"("repo", "pull", "createdAt");

-- CreateIndex
CREATE INDEX "Comparison_createdAt_idx" ON "Comparison"("createdAt");

-- CreateIndex
CREATE INDEX "Acknowledgement_service_expiresAt_idx" ON "Acknowledgement"("service", "expiresAt");

-- CreateIndex
CREATE INDEX "Acknowledgement_repo_expiresAt_idx" ON "Acknowledgement"("repo", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "CiReport_key_key" ON "CiReport"("key");

-- CreateIndex
CREATE INDEX "CiReport_repo_pull_createdAt_idx" ON "CiReport"("repo", "pull", "createdAt");

-- CreateIndex
CREATE INDEX "CiReport_createdAt_idx" ON "CiReport"("createdAt");

-- CreateIndex
CREATE INDEX "CiRun_blobKey_idx" ON "CiRun"("blobKey");
