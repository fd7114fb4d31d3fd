using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static bool is_grad_enabled() => Bridge.tl_grad_enabled() != 0;

    /// <summary>Must be disposed on the thread that made it.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceGuard(mode);

    public static int get_num_threads() => Bridge.tl_threads();

    public static void set_num_threads(int num) => Bridge.tl_set_threads(num);

    /// <summary>Seeds the generators of the CPU and of every GPU.</summary>
    public static void manual_seed(long seed) => Bridge.Check(Bridge.tl_seed(seed));

    /// <summary>Version of the libtorch in use.</summary>
    public static string __version__ => Bridge.Version;

    private sealed class GradMode : IDisposable
    {
        private readonly int _previous = Bridge.tl_grad_enabled();

        public GradMode(bool enabled) => Bridge.tl_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Bridge.tl_set_grad_enabled(_previous);
    }

    private sealed class InferenceGuard(bool mode) : IDisposable
    {
        private nint _guard = Bridge.tl_enter_inference(mode ? 1 : 0);

        public void Dispose()
        {
            if (_guard == 0) return;
            Bridge.tl_leave_inference(_guard);
            _guard = 0;
        }
    }
}
