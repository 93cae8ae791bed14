import type { Scene } from './scene';

const runs = `
  thread 0 at=10
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running`;
const seenRunning = `
  0/-/- p0 Undetermined->Running
  0/0/- g1 Undetermined->Running`;
const again = `
  thread 0 at=50
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running`;
const seenAgain = `
  0/0/1 p0 Running->Running
  0/0/1 g1 Running->Running`;

/** Rules about ranges (collector, stopped world) and about what programs note: tasks, regions, logs, labels. */
export const rangeScenes: readonly Scene[] = [
  {
    name: 'a stopped world, a mark assist and a sweep, each in the other',
    scene: `
      go1.26
      generation 1
      ${runs}
        GCMarkAssistBegin stack="main.alloc:7"
        GCSweepBegin stack="main.alloc:8"
        STWBegin kind_string="read mem stats" stack="main.stats:3"
        STWEnd
        GCSweepEnd swept_value=8192 reclaimed_value=4096
        GCMarkAssistEnd
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RangeBegin Name="GC mark assist" Scope=Goroutine(1) @ main.alloc:7
      0/0/1 RangeBegin Name="GC incremental sweep" Scope=Proc(0) @ main.alloc:8
      0/0/1 RangeBegin Name="stop-the-world (read mem stats)" Scope=Goroutine(1) @ main.stats:3
      0/0/1 RangeEnd Name="stop-the-world (read mem stats)" Scope=Goroutine(1) Attributes=[]
      0/0/1 RangeEnd Name="GC incremental sweep" Scope=Proc(0) Attributes=["bytes swept"=8192 "bytes reclaimed"=4096]
      0/0/1 RangeEnd Name="GC mark assist" Scope=Goroutine(1) Attributes=[]
    `,
  },
  {
    name: 'two stops of the world for different reasons end in the order of their begins',
    scene: `
      go1.26
      generation 1
      ${runs}
        STWBegin kind_string="start trace"
        STWBegin kind_string="GOMAXPROCS"
        STWEnd
        STWEnd
        STWEnd
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RangeBegin Name="stop-the-world (start trace)" Scope=Goroutine(1)
      0/0/1 RangeBegin Name="stop-the-world (GOMAXPROCS)" Scope=Goroutine(1)
      0/0/1 RangeEnd Name="stop-the-world (start trace)" Scope=Goroutine(1) Attributes=[]
      0/0/1 RangeEnd Name="stop-the-world (GOMAXPROCS)" Scope=Goroutine(1) Attributes=[]
      ! the world starts again without having been stopped
    `,
  },
  {
    name: 'the world is not stopped twice for one reason by one goroutine',
    scene: `
      go1.26
      generation 1
      ${runs}
        STWBegin kind_string="start trace"
        STWBegin kind_string="start trace"
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RangeBegin Name="stop-the-world (start trace)" Scope=Goroutine(1)
      ! the world is stopped twice for one reason by one goroutine
    `,
  },
  {
    name: 'a mark assist does not begin inside one',
    scene: `
      go1.26
      generation 1
      ${runs}
        GCMarkAssistBegin
        GCMarkAssistBegin
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RangeBegin Name="GC mark assist" Scope=Goroutine(1)
      ! a mark assist begins inside one
    `,
  },
  {
    name: 'a mark assist goes on over generations',
    scene: `
      go1.26
      generation 1
      ${runs}
        GCMarkAssistActive g=1
      generation 2
      ${again}
        GCMarkAssistActive g=1
        GCMarkAssistEnd
        GCMarkAssistEnd
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RangeActive Name="GC mark assist" Scope=Goroutine(1)
      generation 2
      ${seenAgain}
      0/0/1 RangeActive Name="GC mark assist" Scope=Goroutine(1)
      0/0/1 RangeEnd Name="GC mark assist" Scope=Goroutine(1) Attributes=[]
      ! a mark assist ends that did not begin
    `,
  },
  {
    name: 'a mark assist is stated once in the first generation',
    scene: `
      go1.26
      generation 1
      ${runs}
        GCMarkAssistActive g=1
        GCMarkAssistActive g=1
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RangeActive Name="GC mark assist" Scope=Goroutine(1)
      ! a mark assist of goroutine 1 is stated twice
    `,
  },
  {
    name: 'a mark assist that did not begin does not go on, nor one of a goroutine that is unknown',
    scene: `
      go1.26
      generation 1
      ${runs}
      generation 2
      ${again}
        GCMarkAssistActive g=1
    `,
    told: `
      generation 1
      ${seenRunning}
      generation 2
      ${seenAgain}
      ! a mark assist of goroutine 1 goes on that did not begin
    `,
  },
  {
    name: 'a sweep is stated for a processor that is known',
    scene: `
      go1.26
      generation 1
      ${runs}
        GCSweepActive p=0
        GCSweepEnd swept_value=1 reclaimed_value=1
        GCSweepActive p=3
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RangeActive Name="GC incremental sweep" Scope=Proc(0)
      0/0/1 RangeEnd Name="GC incremental sweep" Scope=Proc(0) Attributes=["bytes swept"=1 "bytes reclaimed"=1]
      ! a sweep without a processor
    `,
  },
  {
    name: 'mark phases count over generations, and wait for their turn',
    scene: `
      go1.26
      generation 1
      ${runs}
        GCActive gc_seq=7
      thread 1 at=5
        ProcStatus p=1 pstatus=running
        GoStatus g=2 gstatus=running
        GCEnd gc_seq=8
      generation 2
      ${again}
        GCBegin gc_seq=9 stack="runtime.gcStart:1"
        GCEnd gc_seq=10
        GCBegin gc_seq=11
        GCBegin gc_seq=12
    `,
    told: `
      generation 1
      1/-/- p1 Undetermined->Running
      1/1/- g2 Undetermined->Running
      ${seenRunning}
      0/0/1 RangeActive Name="GC concurrent mark phase" Scope=None
      1/1/2 RangeEnd Name="GC concurrent mark phase" Scope=None Attributes=[]
      generation 2
      ${seenAgain}
      0/0/1 RangeBegin Name="GC concurrent mark phase" Scope=None @ runtime.gcStart:1
      0/0/1 RangeEnd Name="GC concurrent mark phase" Scope=None Attributes=[]
      0/0/1 RangeBegin Name="GC concurrent mark phase" Scope=None
      ! a mark phase begins inside one
    `,
  },
  {
    name: 'a mark phase that was not seen to begin does not end',
    scene: `
      go1.26
      generation 1
      ${runs}
        GCEnd gc_seq=1
    `,
    told: `
      generation 1
      ${seenRunning}
      ! a mark phase ends that did not begin
    `,
  },
  {
    name: 'a task goes on over generations and is ended by name, one that began before the trace by none',
    scene: `
      go1.22
      generation 1
      ${runs}
        UserTaskBegin task=3 parent_task=2 name_string="request" stack="main.serve:5"
        UserTaskEnd task=2
      generation 2
      ${again}
        UserTaskEnd task=3 stack="main.serve:9"
        UserTaskBegin task=4 parent_task=0 name_string="request"
        UserTaskBegin task=4 parent_task=0 name_string="request"
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 TaskBegin ID=3 Parent=2 Type="request" @ main.serve:5
      0/0/1 TaskEnd ID=2 Parent=18446744073709551615 Type=""
      generation 2
      ${seenAgain}
      0/0/1 TaskEnd ID=3 Parent=2 Type="request" @ main.serve:9
      0/0/1 TaskBegin ID=4 Parent=18446744073709551615 Type="request"
      ! task 4 begins twice
    `,
  },
  {
    name: 'regions nest, and one that began before the trace may end',
    scene: `
      go1.26
      generation 1
      ${runs}
        UserRegionEnd task=0 name_string="before"
        UserRegionBegin task=0 name_string="outer"
        UserRegionBegin task=5 name_string="inner"
        UserLog task=5 key_string="lock" value_string="orders"
        UserRegionEnd task=5 name_string="inner"
        UserRegionEnd task=5 name_string="outer"
    `,
    told: `
      generation 1
      ${seenRunning}
      0/0/1 RegionEnd Task=0 Type="before"
      0/0/1 RegionBegin Task=0 Type="outer"
      0/0/1 RegionBegin Task=5 Type="inner"
      0/0/1 Log Task=5 Category="lock" Message="orders"
      0/0/1 RegionEnd Task=5 Type="inner"
      ! a region ends that is not the innermost
    `,
  },
  {
    name: 'what a program notes needs a goroutine',
    scene: `
      go1.26
      generation 1
      thread 0 at=10
        ProcStatus p=0 pstatus=running
        UserTaskBegin task=4 parent_task=0 name_string="request"
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      ! an event of a goroutine where none runs
    `,
  },
  {
    name: 'labels name the goroutines of the collector; experiments and CPU samples stand between',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoLabel label_string="GC (dedicated)"
        Span id=3 npages_value=4 kindclass=5
      thread none at=5
        ExperimentalBatch exp=1 gen=1 m=0 time=4
        Bytes 1 2 3
      thread none at=12
        CPUSamples
        CPUSample time=13 m=0 p=0 g=1 stack=0
        CPUSample time=9 m=0 p=18446744073709551615 g=0 stack=0
    `,
    told: `
      generation 1
      0/-/- StackSample
      ${seenRunning}
      0/0/1 Label Label="GC (dedicated)" Resource=Goroutine(1)
      0/0/1 StackSample
      0/0/1 Experimental Name=Span Args=[id=3, npages_value=4, kindclass=5]
    `,
  },
];
