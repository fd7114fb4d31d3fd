using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Parameters, buffers and sub-modules under names; all of them outlive the dispose scope they were made in.</summary>
        public class Module : IDisposable
        {
            private readonly string _name;
            private readonly List<(string Name, Parameter Value)> _parameterList = [];
            private readonly List<(string Name, Tensor Value, bool Persistent)> _bufferList = [];
            private readonly List<(string Name, Module Value)> _children = [];
            private bool _disposed;

            protected Module(string name) => _name = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => _name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, child) in _children) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters()) parameter.grad = null;
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var (name, value) in _parameterList) yield return (name, value);
                if (!recurse) yield break;
                foreach (var (childName, child) in _children)
                    foreach (var (name, value) in child.named_parameters()) yield return ($"{childName}.{name}", value);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (name, value, persistent) in _bufferList)
                    if (persistent || include_nonpersistent) yield return (name, value);
                if (!recurse) yield break;
                foreach (var (childName, child) in _children)
                    foreach (var (name, value) in child.named_buffers(true, include_nonpersistent)) yield return ($"{childName}.{name}", value);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _children;

            public virtual IEnumerable<Module> children() => _children.Select(c => c.Value);

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (name, child) in _children)
                {
                    yield return (name, child);
                    foreach (var (inner, module) in child.named_modules()) yield return ($"{name}.{inner}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _children) child.apply(fn);
                fn(this);
                return this;
            }

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var head = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, value) in named_parameters()) destination[head + name] = value;
                foreach (var (name, value) in named_buffers(true, false)) destination[head + name] = value;
                return destination;
            }

            /// <exception cref="InvalidOperationException"><paramref name="strict"/> and a key is missing or unknown, or a shape differs.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true)
            {
                var own = state_dict();
                List<string> missing = [.. own.Keys.Where(key => !source.ContainsKey(key))], unexpected = [.. source.Keys.Where(key => !own.ContainsKey(key))];
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException($"The state does not fit the module: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                using var noGrad = no_grad();
                foreach (var (key, target) in own)
                {
                    if (!source.TryGetValue(key, out var value)) continue;
                    if (!target.shape.AsSpan().SequenceEqual(value.shape))
                        throw new InvalidOperationException($"'{key}' has shape {value} where the module needs {target}.");
                    target.copy_(value);
                }

                return (missing, unexpected);
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                param.DetachFromDisposeScope();
                _parameterList.RemoveAll(p => p.Name == name);
                _parameterList.Add((name, param));
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                tensor.DetachFromDisposeScope();
                _bufferList.RemoveAll(b => b.Name == name);
                _bufferList.Add((name, tensor, persistent));
            }

            public virtual void register_module(string name, Module submodule)
            {
                _children.RemoveAll(c => c.Name == name);
                _children.Add((name, submodule));
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            internal void MoveTo(Device? device, ScalarType? type)
            {
                using var noGrad = no_grad();
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    var target = tensor.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16 ? type ?? tensor.dtype : tensor.dtype;
                    using var moved = tensor.to(target, device ?? tensor.device);
                    tensor.set_(moved);
                }
            }

            /// <summary>Registers every field that holds a module, a parameter or a tensor, under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            if (_children.All(c => !ReferenceEquals(c.Value, module))) register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            if (_parameterList.All(p => !ReferenceEquals(p.Value, parameter))) register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            if (_bufferList.All(b => !ReferenceEquals(b.Value, tensor))) register_buffer(field.Name, tensor);
                            break;
                    }
                }
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;
                foreach (var (_, parameter) in _parameterList) parameter.Dispose();
                foreach (var (_, buffer, _) in _bufferList) buffer.Dispose();
                foreach (var (_, child) in _children) child.Dispose();
            }
        }

        public abstract class Module<T, TResult> : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                var result = forward(input);
                foreach (var (_, hook) in PostHooks) result = hook(this, input, result);
                return result;
            }
        }

        public abstract class Module<T1, T2, TResult> : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                var result = forward(input1, input2);
                foreach (var (_, hook) in PostHooks) result = hook(this, input1, input2, result);
                return result;
            }
        }

        public abstract class Module<T1, T2, T3, TResult> : Module
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }
    }
}

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.MoveTo(device, null);
        return module;
    }

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module
    {
        module.MoveTo(null, type);
        return module;
    }

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => module.to(torch.CPU);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => module.to(new torch.Device(DeviceType.CUDA, deviceIndex));
}
