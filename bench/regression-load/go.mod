module lockscope/regressionload

go 1.21
