module gotrace-load

go 1.22
