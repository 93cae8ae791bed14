-- CreateEnum
CREATE TYPE "ComparisonOrigin" AS ENUM ('page', 'ci');

-- CreateEnum
CREATE TYPE "ComparisonVerdict" AS ENUM ('regression', 'suspicious', 'improved', 'unchanged', 'inconclusive');

-- CreateEnum
CREATE TYPE "CiReportState" AS ENUM ('open', 'complete', 'failed');

-- CreateEnum
CREATE TYPE "CiArm" AS ENUM ('base', 'head');

-- AlterTable
ALTER TABLE "Build" ADD COLUMN     "branch" TEXT,
ADD COLUMN     "commit" TEXT,
ADD COLUMN     "time" TIMESTAMP(3),
ALTER COLUMN "firstSeen" DROP NOT NULL,
ALTER COLUMN "lastSeen" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Deploy" (
    "service" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "Deploy_pkey" PRIMARY KEY ("service","build","at")
);

-- CreateTable
CREATE TABLE "Baseline" (
    "service" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "setAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Baseline_pkey" PRIMARY KEY ("service")
);

-- CreateTable
CREATE TABLE "Comparison" (
    "id" TEXT NOT NULL,
    "service" TEXT,
    "origin" "ComparisonOrigin" NOT NULL,
    "base" JSONB NOT NULL,
    "head" JSONB NOT NULL,
    "unit" TEXT NOT NULL,
    "verdict" "ComparisonVerdict" NOT NULL,
    "counts" JSONB NOT NULL,
    "blobKey" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "repo" TEXT,
    "pull" INTEGER,
    "suite" TEXT,
    "headSha" TEXT,
    "baseSha" TEXT,
    "reportId" TEXT,

    CONSTRAINT "Comparison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Acknowledgement" (
    "id" TEXT NOT NULL,
    "service" TEXT,
    "repo" TEXT,
    "pull" INTEGER,
    "siteId" TEXT NOT NULL,
    "lockId" TEXT,
    "function" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "from" DOUBLE PRECISION,
    "level" DOUBLE PRECISION NOT NULL,
    "unit" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "Acknowledgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CiReport" (
    "id" TEXT NOT NULL,
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
    "state" "CiReportState" NOT NULL,
    "comparisonId" TEXT,
    "failure" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "completedAt" TIMESTAMP(3),

    CONSTRAINT "CiReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CiRun" (
    "reportId" TEXT NOT NULL,
    "arm" "CiArm" NOT NULL,
    "index" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "blobKey" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,

    CONSTRAINT "CiRun_pkey" PRIMARY KEY ("reportId","arm","index","kind")
);

-- CreateTable
CREATE TABLE "CiComment" (
    "repo" TEXT NOT NULL,
    "pull" INTEGER NOT NULL,
    "suite" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "bodyDigest" TEXT NOT NULL,
    "headSha" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CiComment_pkey" PRIMARY KEY ("repo","pull","suite")
);

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

-- AddForeignKey
ALTER TABLE "CiRun" ADD CONSTRAINT "CiRun_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "CiReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
