module example.com/lockbench

go 1.22
