// Two tests measure memory; others running beside them would be counted.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
