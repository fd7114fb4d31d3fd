using static TorchSharp.torch;

namespace TorchSharp.Libtorch.Tests;

public class HookTests
{
    [Fact]
    public void A_hook_sees_every_call_until_it_is_removed()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(3, 2);
        using var network = nn.Sequential(linear, nn.ReLU());
        long values = 0;
        var hook = linear.register_forward_hook((_, input, output) =>
        {
            values += input.numel() + output.numel();
            return output;
        });
        network.call(ones(4, 3));
        linear.forward(ones(4, 3));
        Assert.Equal(20, values);
        hook.remove();
        network.call(ones(4, 3));
        Assert.Equal(20, values);
    }

    [Fact]
    public void A_hook_may_replace_the_result()
    {
        using var scope = NewDisposeScope();
        using var relu = nn.ReLU();
        relu.register_forward_hook((_, _, output) => output * 3);
        Assert.Equal([0f, 6], relu.call(tensor([-1f, 2])).data<float>().ToArray());
    }

    [Fact]
    public void Recurrent_layers_have_hooks_too()
    {
        using var scope = NewDisposeScope();
        using var gru = nn.GRU(3, 4, batchFirst: true);
        using var lstm = nn.LSTM(3, 4, batchFirst: true, bidirectional: true);
        var shapes = new List<long[]>();
        gru.register_forward_hook((_, _, _, output) => { shapes.Add(output.Item1.shape); return output; });
        lstm.register_forward_hook((_, _, _, output) => { shapes.Add(output.Item1.shape); shapes.Add(output.Item2.shape); return output; });
        gru.call(ones(2, 5, 3));
        lstm.call(ones(2, 5, 3));
        Assert.Equal([[2, 5, 4], [2, 5, 8], [2, 2, 4]], shapes);
    }

    [Fact]
    public void A_module_list_registers_its_modules_under_numbers()
    {
        using var list = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(2, 3), nn.PReLU(3, 0));
        Assert.Equal(["0.weight", "0.bias", "1.weight"], list.state_dict().Keys);
        Assert.Equal(2, list.Count);
        Assert.Equal([list[0], list[1]], list);
    }

    [Fact]
    public void A_parametric_relu_has_a_slope_for_each_channel()
    {
        using var scope = NewDisposeScope();
        using var prelu = nn.PReLU(2);
        using (no_grad()) prelu.weight.copy_(tensor([0.5f, 2]));
        Assert.Equal([-0.5f, -4, 3, 4], prelu.call(tensor([-1f, -2, 3, 4], [2, 2])).data<float>().ToArray());
    }

    [Fact]
    public void Max_pooling_takes_the_largest_of_each_window()
    {
        using var scope = NewDisposeScope();
        using var pool = nn.MaxPool2d((1, 3), (1, 2));
        Assert.Equal([3f, 5], pool.call(tensor([1f, 2, 3, 4, 5], [1, 1, 1, 5])).data<float>().ToArray());
        using var padded = nn.MaxPool2d(3, 2, 1);
        Assert.Equal([1, 1, 3, 2], padded.call(zeros([1, 1, 5, 4])).shape);
    }
}
