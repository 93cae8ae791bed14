package main

// spin keeps the CPU busy without memory: about 1 ns a step.
//
//go:noinline
func spin(steps int) uint64 {
	x := uint64(steps)
	for i := 0; i < steps; i++ {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

//go:noinline
func encode(key int) uint64 { return spin(700) + uint64(key) }

//go:noinline
func hash(value uint64) uint64 { return spin(500) ^ value }

// render is the frame that the change of CPU makes a quarter dearer.
//
//go:noinline
func render(value uint64) uint64 {
	if change == "cpu-25" {
		return spin(2000) ^ value
	}
	return spin(1600) ^ value
}
