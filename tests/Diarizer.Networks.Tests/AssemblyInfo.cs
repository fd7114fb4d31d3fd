// The random number generator of libtorch and the memory of the process are shared by all tests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
