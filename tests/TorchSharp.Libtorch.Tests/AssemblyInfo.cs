// The random generator is libtorch's own, one for all threads: a test that seeds it must not have another draw in between.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
