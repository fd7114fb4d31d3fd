using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Libtorch.Tests;

public class ModuleTests
{
    [Fact]
    public void Parameters_and_buffers_carry_the_published_names()
    {
        using var net = nn.Sequential(("conv", nn.Conv1d(2, 4, 3)), ("bn", nn.BatchNorm1d(4)));
        Assert.Equal(["conv.weight", "conv.bias", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"], net.state_dict().Keys);
        using var gru = nn.GRU(3, 5, 2, batchFirst: true);
        Assert.Contains("weight_hh_l1", gru.state_dict().Keys);
    }

    [Fact]
    public void A_state_moves_from_one_module_to_another()
    {
        using var scope = NewDisposeScope();
        using var a = nn.Linear(3, 2);
        using var b = nn.Linear(3, 2);
        b.load_state_dict(a.state_dict());
        var x = randn(4, 3);
        Assert.Equal(a.call(x).data<float>().ToArray(), b.call(x).data<float>().ToArray());
        using var c = nn.Linear(4, 2);
        Assert.Throws<InvalidOperationException>(() => c.load_state_dict(a.state_dict()));
    }

    [Fact]
    public void Training_a_small_network_fits_its_data()
    {
        manual_seed(3);
        using var net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2));
        using var optimizer = optim.AdamW(net.parameters(), 0.02, weight_decay: 1e-4);
        using var inputs = tensor([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
        using var targets = tensor([0L, 1, 1, 0]);
        var loss = double.MaxValue;
        for (var i = 0; i < 200; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var error = F.cross_entropy(net.call(inputs), targets);
            error.backward();
            optimizer.step();
            loss = error.ToDouble();
        }

        Assert.True(loss < 0.05, $"loss {loss}");
    }

    [Fact]
    public void An_optimizer_resumes_bit_exactly()
    {
        var straight = Train(6, resumeAt: -1);
        Assert.Equal(straight, Train(6, resumeAt: 3));

        static float[] Train(int steps, int resumeAt)
        {
            manual_seed(5);
            using var data = randn(8, 3);
            var net = nn.Linear(3, 2);
            var optimizer = optim.Adam(net.parameters(), 0.1);
            for (var i = 0; i < steps; i++)
            {
                if (i == resumeAt)
                {
                    using var file = new MemoryStream();
                    optimizer.save_state_dict(new BinaryWriter(file));
                    file.Position = 0;
                    var next = nn.Linear(3, 2);
                    next.load_state_dict(net.state_dict());
                    net.Dispose();
                    optimizer.Dispose();
                    net = next;
                    optimizer = optim.Adam(net.parameters(), 0.1);
                    optimizer.load_state_dict(new BinaryReader(file));
                }

                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                net.call(data).pow(2).sum().backward();
                optimizer.step();
            }

            var result = net.weight.data<float>().ToArray();
            optimizer.Dispose();
            net.Dispose();
            return result;
        }
    }

    [Fact]
    public void Ten_thousand_forward_passes_do_not_leak()
    {
        using var net = nn.Sequential(nn.Conv1d(8, 32, 3, padding: 1), nn.ReLU(), nn.Conv1d(32, 8, 3, padding: 1));
        net.eval();
        using var input = randn(1, 8, 400);
        void Pass(int times)
        {
            using var quiet = no_grad();
            for (var i = 0; i < times; i++)
            {
                using var scope = NewDisposeScope();
                net.call(input);
            }
        }

        Pass(1_000);
        var before = Environment.WorkingSet;
        Pass(10_000);
        // A leak of one activation a pass would be 10,000 x 51 kB.
        Assert.True(Environment.WorkingSet - before < 20_000_000, $"grew by {(Environment.WorkingSet - before) / 1e6:F1} MB");
    }
}
