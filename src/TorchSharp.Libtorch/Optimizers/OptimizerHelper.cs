using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>An optimizer that keeps a few tensors per parameter; the state saves and loads bit-exactly.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly Dictionary<Parameter, Slot> _slots = new(ReferenceEqualityComparer.Instance);

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        var loss = closure?.Invoke();
        using var quiet = no_grad();
        foreach (var group in Groups)
        {
            foreach (var parameter in group.Parameters)
            {
                using var scope = NewDisposeScope();
                if (parameter.grad is { } gradient) Update(group, parameter, gradient, SlotOf(parameter));
            }
        }

        return loss;
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var all = parameters().ToArray();
        writer.Write(all.Length);
        foreach (var group in Groups)
        {
            writer.Write(group.LearningRate);
            writer.Write(group.InitialLearningRate);
        }

        foreach (var parameter in all)
        {
            var slot = SlotOf(parameter);
            writer.Write(slot.Step);
            foreach (var tensor in slot.Tensors)
            {
                using var cpu = tensor.cpu();
                writer.Write(cpu.bytes);
            }
        }
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <exception cref="InvalidDataException">The state belongs to another set of parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var all = parameters().ToArray();
        var count = reader.ReadInt32();
        if (count != all.Length) throw new InvalidDataException($"The optimizer's state holds {count} parameters where {all.Length} are trained.");
        foreach (var group in Groups)
        {
            group.LearningRate = reader.ReadDouble();
            group.InitialLearningRate = reader.ReadDouble();
        }

        foreach (var parameter in all)
        {
            var slot = SlotOf(parameter);
            slot.Step = reader.ReadInt64();
            foreach (var tensor in slot.Tensors)
            {
                using var cpu = tensor.cpu().contiguous();
                reader.BaseStream.ReadExactly(cpu.bytes);
                using var quiet = no_grad();
                tensor.copy_(cpu);
            }
        }
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <summary>How many tensors of the parameter's shape the method keeps.</summary>
    private protected abstract int StateTensors { get; }

    private protected abstract void Update(ParamGroup group, Parameter parameter, Tensor gradient, Slot slot);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach (var slot in _slots.Values)
            foreach (var tensor in slot.Tensors) tensor.Dispose();
        _slots.Clear();
    }

    private Slot SlotOf(Parameter parameter)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, parameter, out _);
        return slot ??= new Slot([.. Enumerable.Range(0, StateTensors).Select(_ => zeros(parameter.shape, parameter.dtype, parameter.device).DetachFromDisposeScope())]);
    }

    private protected sealed class Slot(Tensor[] tensors)
    {
        public long Step { get; set; }

        public Tensor[] Tensors { get; } = tensors;
    }
}
