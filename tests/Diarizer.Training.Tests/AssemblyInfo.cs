// The random number generator and the threads of libtorch are shared by all tests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
