import type { Scene } from './scene';

const runs = `
  thread 0 at=10
    ProcStatus p=0 pstatus=running`;
const again = `
  thread 0 at=50
    ProcStatus p=0 pstatus=running`;
const damaged = `
  thread 0 at=50
    ProcStop
    ProcStop`;

/** Rules about generations and their tables: where the clock stands, how one ends, what must be in it. */
export const generationScenes: readonly Scene[] = [
  {
    name: 'Go 1.22 to 1.24 write the clock of a generation last, and end it by beginning the next',
    scene: `
      go1.23
      generation 4
      ${runs}
      generation 5 freq=500000000
      ${again}
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      generation 2
      0/0/- p0 Running->Running
    `,
  },
  {
    name: 'Go 1.25 writes the clock first, with the time of day; where it stands does not matter',
    scene: `
      go1.25
      generation 1 without=clock
      ${runs}
      thread none at=12
        Sync
        Frequency freq=15625000
        ClockSnapshot dt=1 mono=5000 sec=1700000000 nsec=500
      generation 2
      ${again}
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      generation 2
      0/0/- p0 Running->Running
    `,
  },
  {
    name: 'an empty batch is no damage',
    scene: `
      go1.26
      generation 1
      thread 7 at=3
      thread none at=2
      ${runs}
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
    `,
  },
  {
    name: 'numbers of generations are not continuous in Go 1.26: each is ended by name',
    scene: `
      go1.26
      generation 3
      ${runs}
      generation 9
      ${again}
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      generation 2
      0/0/- p0 Running->Running
    `,
  },
  {
    name: 'the first bad generation is the one that is told',
    scene: `
      go1.22
      generation 1
      thread 0 at=10
        GoCreate new_g=1
      generation 2
      thread 0 at=0
        EventBatch gen=2 m=0 time=0 size=50
    `,
    told: `
      generation 1
      ! goroutine 1 is created without a processor
    `,
  },
  {
    name: 'a generation without a clock is damage',
    scene: `
      go1.26
      generation 1 without=clock
      ${runs}
    `,
    told: `
      ! generation 1 has no clock
    `,
  },
  {
    name: 'Go 1.25 and later write more of a clock than a frequency',
    scene: `
      go1.26
      generation 1 without=clock
      ${runs}
      thread none at=12
        Frequency freq=15625000
    `,
    told: `
      ! generation 1 has no clock
    `,
  },
  {
    name: 'a clock with something behind it is damage',
    scene: `
      go1.26
      generation 1 without=clock
      ${runs}
      thread none at=12
        Sync
        Frequency freq=15625000
        ClockSnapshot dt=1 mono=5000 sec=1700000000 nsec=500
        Bytes 1
    `,
    told: `
      ! a clock with more behind it
    `,
  },
  {
    name: 'two clocks in one generation are damage',
    scene: `
      go1.22
      generation 1
      ${runs}
      thread none at=12
        Frequency freq=15625000
    `,
    told: `
      ! generation 1 has two clocks
    `,
  },
  {
    name: 'a batch of the next generation before the end of this one is damage in Go 1.26',
    scene: `
      go1.26
      generation 1 without=end
      ${runs}
      generation 2
      ${again}
    `,
    told: `
      ! a batch of generation 2 inside generation 1
    `,
  },
  {
    name: 'a batch of a later generation than the next is damage before Go 1.26; what came before it is read',
    scene: `
      go1.25
      generation 1
      ${runs}
      generation 3
      ${again}
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      ! a batch of generation 3 inside generation 1
    `,
    unlikeGo: 'Go leaves out the generation before, too',
  },
  {
    name: 'damage of the second generation leaves the first',
    scene: `
      go1.26
      generation 1
      ${runs}
      generation 2
      ${damaged}
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      generation 2
      0/0/- p0 Running->Idle
      ! a processor stops where none runs
    `,
  },
  {
    name: 'a string that an event names must be there',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoStatus g=1 gstatus=running
        GoBlock reason_string=77
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      ! string 77 is missing
    `,
  },
  {
    name: 'a stack that an event names must be there',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoStatus g=1 gstatus=running
        GoBlock stack=9
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      0/0/- g1 Undetermined->Running
      ! stack 9 is missing
    `,
  },
  {
    name: 'a string that a frame names must be there',
    scene: `
      go1.26
      generation 1
      ${runs}
        GoStatus g=1 gstatus=running
        GoBlock stack=1
      thread none at=1
        Stacks
        Stack id=1 nframes=1
        pc=1 func=77 file=78 line=2
    `,
    told: `
      ! a frame names string 77, which is missing
    `,
  },
  {
    name: 'an id stands for one string',
    scene: `
      go1.26
      generation 1 without=strings
      ${runs}
      thread none at=12
        Strings
        String id=1
        data="a"
        String id=1
        data="b"
    `,
    told: `
      ! string 1 comes twice
    `,
  },
  {
    name: 'an id stands for one stack',
    scene: `
      go1.26
      generation 1 without=stacks
      ${runs}
      thread none at=12
        Stacks
        Stack id=1 nframes=0
        Stack id=1 nframes=0
    `,
    told: `
      ! stack 1 comes twice
    `,
  },
  {
    name: 'an event that no version knows is damage: nothing tells how long it is',
    scene: `
      go1.26
      generation 1
      ${runs}
        Bytes 99 1 1
    `,
    told: `
      generation 1
      0/-/- p0 Undetermined->Running
      ! event 99 (type 99) among the events of a thread
    `,
    unlikeGo: 'Go looks at every type of a generation before it tells anything of it',
  },
];
