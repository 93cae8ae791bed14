import type { Scene } from './scene';

/** A goroutine in a syscall on thread 0, which still has processor 0. */
const inSyscall = `
  thread 0 at=10
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running
    GoSyscallBegin p_seq=1`;

/** Rules about processors: who has them, how they are taken in a syscall, what a status may say. */
export const processorScenes: readonly Scene[] = [
  {
    name: 'a processor is started by one thread when another has stopped it, however late that comes in the file',
    scene: `
      go1.26
      generation 1
      thread 1 at=10
        ProcStart p=0 p_seq=1
      thread 0 at=12
        ProcStatus p=0 pstatus=running
        ProcStop
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- p0 Running->Idle
      1/-/- p0 Idle->Running
    `,
  },
  {
    name: 'a thread that has a processor waits with the next until it has stopped the first',
    scene: `
      go1.26
      generation 1
      thread none at=5
        ProcStatus p=1 pstatus=idle
      thread 0 at=10
        ProcStatus p=0 pstatus=running
        ProcStart p=1 p_seq=1
    `,
    told: `
      generation 1
      -/-/- p1 Undetermined->Idle
      0/-/- p0 Undetermined->Running
      ! no thread can go on: an event that others wait for is missing
    `,
  },
  {
    name: 'a processor starts on a thread only',
    scene: `
      go1.26
      generation 1
      thread none at=5
        ProcStatus p=1 pstatus=idle
        ProcStart p=1 p_seq=1
    `,
    told: `
      generation 1
      -/-/- p1 Undetermined->Idle
      ! processor 1 starts without a thread
    `,
  },
  {
    name: 'a processor that does not run is not stopped',
    scene: `
      go1.26
      generation 1
      thread 0 at=5
        ProcStop
    `,
    told: `
      generation 1
      ! a processor stops where none runs
    `,
  },
  {
    name: 'a processor is stolen from a thread in a syscall, which then ends without it',
    scene: `
      go1.26
      generation 1
      ${inSyscall}
      thread 1 at=30
        ProcSteal p=0 p_seq=2 m=0
        ProcStart p=0 p_seq=3
      thread 0 at=40
        GoSyscallEndBlocked
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      1/-/- p0 Running->Idle
      1/-/- p0 Idle->Running
      0/-/1 g1 Syscall->Runnable
    `,
  },
  {
    name: 'the end of the syscall waits for the theft, though it is stamped earlier (Go 1.25 and older)',
    scene: `
      go1.25
      generation 1
      ${inSyscall}
      GoSyscallEndBlocked
      thread 1 at=30
        ProcSteal p=0 p_seq=2 m=0
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      1/-/- p0 Running->Idle
      0/-/1 g1 Syscall->Runnable
    `,
  },
  {
    name: 'a thread steals its own processor before the syscall ends',
    scene: `
      go1.26
      generation 1
      ${inSyscall}
      ProcSteal p=0 p_seq=2 m=0
      GoSyscallEndBlocked
      ProcStart p=0 p_seq=3
      GoStart g=1 g_seq=1
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      0/0/1 p0 Running->Idle
      0/-/1 g1 Syscall->Runnable
      0/-/- p0 Idle->Running
      0/0/- g1 Runnable->Running
    `,
  },
  {
    name: 'a thread that lost its processor takes another before its syscall ends',
    scene: `
      go1.26
      generation 1
      thread none at=5
        ProcStatus p=1 pstatus=idle
      ${inSyscall}
      thread 1 at=30
        ProcSteal p=0 p_seq=2 m=0
      thread 0 at=40
        ProcStart p=1 p_seq=1
        GoSyscallEndBlocked
        GoStart g=1 g_seq=1
    `,
    told: `
      generation 1
      -/-/- p1 Undetermined->Idle
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      1/-/- p0 Running->Idle
      0/-/1 p1 Idle->Running
      0/1/1 g1 Syscall->Runnable
      0/1/- g1 Runnable->Running
    `,
  },
  {
    name: 'a theft of the next generation finds the syscall of the one before',
    scene: `
      go1.26
      generation 1
      ${inSyscall}
      generation 2 time=50
      thread none at=51
        ProcStatus p=0 pstatus=syscall
      thread 1 at=60
        ProcSteal p=0 p_seq=1 m=0
      thread 0 at=70
        GoStatus g=1 gstatus=syscall
        GoSyscallEndBlocked
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      generation 2
      -/-/- p0 Running->Running
      1/-/- p0 Running->Idle
      0/-/1 g1 Syscall->Syscall
      0/-/1 g1 Syscall->Runnable
    `,
  },
  {
    name: 'a processor stated to be in a syscall on a thread that never shows is stolen from it',
    scene: `
      go1.26
      generation 1
      thread 1 at=10
        ProcStatus p=0 pstatus=syscall
        GoStatus g=1 gstatus=syscall
      thread 2 at=30
        ProcSteal p=0 p_seq=1 m=1
    `,
    told: `
      generation 1
      1/-/- p0 Undetermined->Running
      1/0/- g1 Undetermined->Syscall
      2/-/- p0 Running->Idle
    `,
  },
  {
    name: 'a theft out of sequence waits for what comes between',
    scene: `
      go1.26
      generation 1
      ${inSyscall}
      GoSyscallEnd
      GoSyscallBegin p_seq=2 at=99
      thread 1 at=20
        ProcSteal p=0 p_seq=3 m=0
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      0/0/1 g1 Syscall->Running
      0/0/1 g1 Running->Syscall
      1/-/- p0 Running->Idle
    `,
  },
  {
    name: 'a processor is not stolen from a thread that has another or none',
    scene: `
      go1.26
      generation 1
      ${inSyscall}
      thread 1 at=30
        ProcSteal p=0 p_seq=2 m=7
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      ! processor 0 is taken from thread 7, which has it not
    `,
  },
  {
    name: 'the processor that a C thread abandons when its callback ends is stolen from nobody',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        ProcStatus p=0 pstatus=idle
        GoCreateSyscall new_g=5
        ProcStart p=0 p_seq=1
        GoSyscallEndBlocked
        GoStart g=5 g_seq=1
        GoSyscallBegin p_seq=2
        GoDestroySyscall
      thread 1 at=30
        ProcSteal p=0 p_seq=3 m=0
        ProcStart p=0 p_seq=4
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Idle
      0/-/- g5 NotExist->Syscall
      0/-/5 p0 Idle->Running
      0/0/5 g5 Syscall->Runnable
      0/0/- g5 Runnable->Running
      0/0/5 g5 Running->Syscall
      0/0/5 p0 Running->Idle
      0/0/5 g5 Syscall->NotExist
      1/-/- p0 Idle->Idle
      1/-/- p0 Idle->Running
    `,
  },
  {
    name: 'a processor that is stated abandoned while it was in a syscall stays in it',
    scene: `
      go1.26
      generation 1
      ${inSyscall}
      generation 2
      thread none at=50
        ProcStatus p=0 pstatus=abandoned
        GoStatus g=1 m=0 gstatus=syscall
      thread 1 at=60
        ProcSteal p=0 p_seq=1 m=0
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      0/0/1 g1 Running->Syscall
      generation 2
      0/0/1 p0 Running->Running
      0/-/1 g1 Syscall->Syscall
      1/-/- p0 Running->Idle
    `,
  },
  {
    name: 'a processor that is first seen abandoned is idle',
    scene: `
      go1.26
      generation 1
      thread none at=50
        ProcStatus p=0 pstatus=abandoned
      thread 1 at=60
        ProcSteal p=0 p_seq=1 m=0
    `,
    told: `
      generation 1
      -/-/- p0 Undetermined->Idle
      1/-/- p0 Idle->Idle
    `,
  },
  {
    name: 'a processor is not stated to be in another state than it is',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        ProcStatus p=0 pstatus=running
      generation 2
      thread 0 at=20
        ProcStatus p=0 pstatus=idle
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      generation 2
      ! processor 0 is stated to be in status 2, but is in 1
    `,
  },
  {
    name: 'a status that Go does not know is damage',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        ProcStatus p=0 pstatus=5
    `,
    told: `
      generation 1
      ! processor 0 has status 5
    `,
  },
  {
    name: 'metrics need a processor, its change a goroutine too',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        ProcStatus p=0 pstatus=running
        HeapAlloc heapalloc_value=4096
        HeapGoal heapgoal_value=8192
        ProcsChange procs_value=2
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- Metric Name="/memory/classes/heap/objects:bytes" Value=4096
      0/0/- Metric Name="/gc/heap/goal:bytes" Value=8192
      ! an event of a goroutine where none runs
    `,
  },
];
