import type { Scene } from './scene';

/** Goroutine 1 runs on processor 0 and thread 0. */
const runs = `
  thread 0 at=10
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running`;
const seenRunning = `
  0/-/- p0 Undetermined->Running
  0/0/- g1 Undetermined->Running`;

/** Rules about goroutines: what waits for what, what contradicts what. */
export const goroutineScenes: readonly Scene[] = [
  {
    name: 'a goroutine blocks, is woken by another and starts elsewhere, whatever the clocks of the threads say',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoBlock reason_string="sync" stack="sync.(*Mutex).Lock:90 < main.get:12"
      thread 1 at=1
        ProcStatus p=1 pstatus=running
        GoStatus g=2 gstatus=running
        GoUnblock g=1 g_seq=1 stack="sync.(*Mutex).Unlock:65 < main.put:30"
        GoBlock reason_string="sleep"
        GoStart g=1 g_seq=2
    `,
    told: `
      generation 1
      1/-/- p1 Undetermined->Running
      1/1/- g2 Undetermined->Running
      ${seenRunning}
      0/0/1 g1 Running->Waiting "sync" @ sync.(*Mutex).Lock:90;main.get:12
      1/1/2 g1 Waiting->Runnable @ sync.(*Mutex).Unlock:65;main.put:30
      1/1/2 g2 Running->Waiting "sleep"
      1/1/- g1 Runnable->Running
    `,
  },
  {
    name: 'when the earliest must wait, the others are tried in order of their times',
    scene: `
      go1.26
      generation 1
      ${runs}
      thread 3 at=5
        GoUnblock g=9 g_seq=1
      thread 2 at=30
        GoCreateSyscall new_g=7
      thread 1 at=20
        ProcStatus p=1 pstatus=running
        HeapAlloc heapalloc_value=1
        GoCreateSyscall new_g=8
      thread none at=40
        GoStatus g=9 m=none gstatus=waiting
    `,
    told: `
      generation 1
      ${seenRunning}
      1/-/- p1 Undetermined->Running
      1/1/- Metric Name="/memory/classes/heap/objects:bytes" Value=1
      1/1/- g8 NotExist->Syscall
      2/-/- g7 NotExist->Syscall
      -/-/- g9 Undetermined->Waiting
      3/-/- g9 Waiting->Runnable
    `,
  },
  {
    name: 'sequence numbers begin anew in each generation: the start of the next one is not confused with this one',
    scene: `
      go1.22
      generation 1
      ${runs}
        GoStop reason_string="runtime.Gosched"
      thread 1 at=5
        ProcStatus p=1 pstatus=running
        GoStart g=1 g_seq=1
        GoStop reason_string="runtime.Gosched"
      generation 2
      thread 1 at=20
        ProcStatus p=1 pstatus=running
        GoStart g=1 g_seq=2
      thread 0 at=30
        ProcStatus p=0 pstatus=running
        GoStatus g=1 gstatus=runnable
        GoStart g=1 g_seq=1
        GoStop reason_string="runtime.Gosched"
    `,
    told: `
      generation 1
      1/-/- p1 Undetermined->Running
      ${seenRunning}
      0/0/1 g1 Running->Runnable "runtime.Gosched"
      1/1/- g1 Runnable->Running
      1/1/1 g1 Running->Runnable "runtime.Gosched"
      generation 2
      1/1/- p1 Running->Running
      0/0/- p0 Running->Running
      0/0/- g1 Runnable->Runnable
      0/0/- g1 Runnable->Running
      0/0/1 g1 Running->Runnable "runtime.Gosched"
      1/1/- g1 Runnable->Running
    `,
  },
  {
    name: 'a goroutine is created by another, and where none runs',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoCreate new_g=7 new_stack="main.worker:40" stack="main.main:9"
        GoBlock reason_string="chan receive"
        GoCreate new_g=8 new_stack="main.tick:50"
        GoStart g=8 g_seq=1
        GoDestroy
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 g7 NotExist->Runnable @ main.worker:40 | main.main:9
      0/0/1 g1 Running->Waiting "chan receive"
      0/0/- g8 NotExist->Runnable @ main.tick:50
      0/0/- g8 Runnable->Running
      0/0/8 g8 Running->NotExist
    `,
  },
  {
    name: 'a goroutine is not created without a processor',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        GoCreate new_g=7
    `,
    told: `
      generation 1
      ! goroutine 7 is created without a processor
    `,
  },
  {
    name: 'a goroutine that exists is not created',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoCreate new_g=1
    `,
    told: `
      generation 1
      ${seenRunning}
      ! goroutine 1 is created, but exists
    `,
  },
  {
    name: 'a goroutine starts on a processor only',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        GoStatus g=1 m=none gstatus=runnable
        GoStart g=1 g_seq=1
    `,
    told: `
      generation 1
      0/-/- g1 Undetermined->Runnable
      ! goroutine 1 starts without a processor
    `,
  },
  {
    name: 'a goroutine does not start where another runs',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoCreate new_g=2
        GoStart g=2 g_seq=1
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 g2 NotExist->Runnable
      ! goroutine 2 starts where one runs
    `,
  },
  {
    name: 'what a goroutine does needs one that runs',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        ProcStatus p=0 pstatus=running
        GoDestroy
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      ! an event of a running goroutine where none runs
    `,
  },
  {
    name: 'a start that nothing made possible is damage',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoUnblock g=5 g_seq=1
    `,
    told: `
      generation 1
      ${seenRunning}
      ! no thread can go on: an event that others wait for is missing
    `,
  },
  {
    name: 'the scheduler wakes without a goroutine, a processor or a thread',
    scene: `
      go1.26
      generation 1
      thread none at=1
        GoStatus g=4 m=none gstatus=waiting
        GoUnblock g=4 g_seq=1
      thread 0 at=20
        ProcStatus p=0 pstatus=running
        GoStart g=4 g_seq=2
    `,
    told: `
      generation 1
      -/-/- g4 Undetermined->Waiting
      -/-/- g4 Waiting->Runnable
      0/-/- p0 Undetermined->Running
      0/0/- g4 Runnable->Running
    `,
  },
  {
    name: 'GoSwitch hands the thread to a waiting goroutine and leaves the own one waiting',
    scene: `
      go1.23
      generation 1
      ${runs}
        GoCreateBlocked new_g=2 new_stack="iter.Pull:70" stack="main.each:20"
        GoSwitch g=2 g_seq=1
        GoSwitch g=1 g_seq=1
        GoSwitchDestroy g=2 g_seq=2
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 g2 NotExist->Waiting @ iter.Pull:70 | main.each:20
      0/0/1 g2 Waiting->Runnable
      0/0/1 g1 Running->Waiting
      0/0/- g2 Runnable->Running
      0/0/2 g1 Waiting->Runnable
      0/0/2 g2 Running->Waiting
      0/0/- g1 Runnable->Running
      0/0/1 g2 Waiting->Runnable
      0/0/1 g1 Running->NotExist
      0/0/- g2 Runnable->Running
    `,
  },
  {
    name: 'GoSwitch waits until its target has blocked',
    scene: `
      go1.23
      generation 1
      ${runs}
        GoSwitch g=2 g_seq=1
      thread 1 at=20
        ProcStatus p=1 pstatus=running
        GoStatus g=2 gstatus=running
        GoBlock reason_string="chan send"
    `,
    told: `
      generation 1
      ${seenRunning}
      1/-/- p1 Undetermined->Running
      1/1/- g2 Undetermined->Running
      1/1/2 g2 Running->Waiting "chan send"
      0/0/1 g2 Waiting->Runnable
      0/0/1 g1 Running->Waiting
      0/0/- g2 Runnable->Running
    `,
  },
  {
    name: 'Go 1.22 knows no GoSwitch',
    scene: `
      go1.22
      generation 1
      ${runs}
        GoSwitch g=2 g_seq=1
    `,
    told: `
      generation 1
      ${seenRunning}
      ! GoSwitch (type 45) among the events of a thread
    `,
  },
  {
    name: 'a syscall that keeps its processor goes on running',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoSyscallBegin p_seq=1 stack="syscall.write:30"
        GoSyscallEnd
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 g1 Running->Syscall @ syscall.write:30
      0/0/1 g1 Syscall->Running
    `,
  },
  {
    name: 'a syscall out of the sequence of its processor is damage',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoSyscallBegin p_seq=3
    `,
    told: `
      generation 1
      ${seenRunning}
      ! a syscall begins out of order on processor 0
    `,
  },
  {
    name: 'a syscall does not end where none began',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoSyscallEnd
    `,
    told: `
      generation 1
      ${seenRunning}
      ! a syscall ends where none began
    `,
  },
  {
    name: 'a C thread calls into Go twice, on different threads with one goroutine id',
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
        ProcStop
        GoDestroySyscall
      thread 1 at=30
        GoCreateSyscall new_g=5
        ProcStart p=0 p_seq=3
        GoSyscallEndBlocked
        GoStart g=5 g_seq=1
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
      0/-/5 g5 Syscall->NotExist
      1/-/- g5 NotExist->Syscall
      1/-/5 p0 Idle->Running
      1/0/5 g5 Syscall->Runnable
      1/0/- g5 Runnable->Running
    `,
  },
  {
    name: 'a C thread that reuses the id of a thread takes another processor before the first is stolen',
    scene: `
      go1.22
      generation 1
      thread 0 at=10
        GoCreateSyscall new_g=4
        GoSyscallEndBlocked
        ProcStatus p=0 pstatus=idle
        ProcStart p=0 p_seq=1
        GoStatus g=4 m=none gstatus=runnable
        GoStart g=4 g_seq=1
        GoSyscallBegin p_seq=2
        GoDestroySyscall
      thread 0 at=20
        ProcStatus p=1 pstatus=idle
        ProcStart p=1 p_seq=1
        ProcSteal p=0 p_seq=3 m=0
    `,
    told: `
      generation 1
      0/-/- g4 NotExist->Syscall
      0/-/4 g4 Syscall->Runnable
      0/-/- p0 Undetermined->Idle
      0/-/- p0 Idle->Running
      0/0/- g4 Runnable->Runnable
      0/0/- g4 Runnable->Running
      0/0/4 g4 Running->Syscall
      0/0/4 p0 Running->Idle
      0/0/4 g4 Syscall->NotExist
      0/-/- p1 Undetermined->Idle
      0/-/- p1 Idle->Running
      0/1/- p0 Idle->Idle
    `,
  },
  {
    name: 'a callback does not end while its processor runs',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        ProcStatus p=0 pstatus=running
        GoCreateSyscall new_g=4
        GoDestroySyscall
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g4 NotExist->Syscall
      ! a goroutine ends in a syscall while processor 0 runs
    `,
  },
  {
    name: 'the tracer states a goroutine in a syscall on a thread whose own events come later',
    scene: `
      go1.26
      generation 1
      thread none at=10
        GoStatus g=2 m=5 gstatus=syscall
      thread 5 at=20
        GoSyscallEndBlocked
    `,
    told: `
      generation 1
      5/-/- g2 Undetermined->Syscall
      5/-/2 g2 Syscall->Runnable
    `,
  },
  {
    name: 'a goroutine in a syscall is not stated on a thread that has another, or on none',
    scene: `
      go1.26
      generation 1
      ${runs}
      thread none at=20
        GoStatus g=2 m=0 gstatus=syscall
    `,
    told: `
      generation 1
      ${seenRunning}
      ! a goroutine in a syscall on thread 0, which has another
    `,
  },
  {
    name: 'a status of a later generation must be what was known',
    scene: `
      go1.26
      generation 1
      ${runs}
      generation 2
      thread 0 at=20
        GoStatus g=1 gstatus=runnable
    `,
    told: `
      generation 1
      ${seenRunning}
      generation 2
      ! goroutine 1 is stated to be in status 1, but is in 2
    `,
  },
  {
    name: 'a goroutine does not appear in a later generation by a status',
    scene: `
      go1.26
      generation 1
      ${runs}
      generation 2
      thread none at=20
        GoStatus g=3 m=none gstatus=waiting
    `,
    told: `
      generation 1
      ${seenRunning}
      generation 2
      ! goroutine 3 is stated, but was never created
    `,
  },
  {
    name: 'GoStatusStack tells where the goroutine stands that it names',
    scene: `
      go1.23
      generation 1
      thread none at=10
        GoStatusStack g=3 m=none gstatus=waiting stack="runtime.gopark:435 < sync.(*Mutex).Lock:90 < main.get:12"
    `,
    told: `
      generation 1
      -/-/- g3 Undetermined->Waiting @ runtime.gopark:435;sync.(*Mutex).Lock:90;main.get:12
    `,
  },
  {
    name: 'the status "bad" is damage',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        GoStatus g=1 gstatus=bad
    `,
    told: `
      generation 1
      ! goroutine 1 has status 0
    `,
    unlikeGo: 'Go shows a goroutine in no state',
  },
];
