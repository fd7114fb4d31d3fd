using Diarizer.Service.Tuning;

namespace Diarizer.Service.Tests.Tuning;

public class EmbeddingCacheTests
{
    private const string Model = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Embeddings_outlive_the_program_and_an_unfinished_one_is_forgotten()
    {
        using var folder = new TemporaryFolder();
        using (var cache = EmbeddingCache.Open(folder.Path, Model, 3))
        {
            cache.Add(1, [1, 2, 3]);
            cache.Add(2, [4, 5, 6]);
        }

        var file = Assert.Single(Directory.EnumerateFiles(folder.Path));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^5]);
        using var opened = EmbeddingCache.Open(folder.Path, Model, 3);
        Span<float> embedding = stackalloc float[3];
        Assert.True(opened.TryGet(1, embedding));
        Assert.Equal([1, 2, 3], embedding.ToArray());
        Assert.False(opened.TryGet(2, embedding));
        Assert.Equal(28, new FileInfo(file).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_second_program_works_in_memory()
    {
        using var folder = new TemporaryFolder();
        using var first = EmbeddingCache.Open(folder.Path, Model, 3);
        using var second = EmbeddingCache.Open(folder.Path, Model, 3);
        second.Add(1, [1, 2, 3]);
        Assert.True(second.TryGet(1, stackalloc float[3]));
        Assert.False(first.TryGet(1, stackalloc float[3]));
    }
}
