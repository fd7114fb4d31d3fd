namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device CUDA = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public sealed class Device
    {
        public Device(DeviceType type, int index = -1)
        {
            this.type = type;
            this.index = type == DeviceType.CPU ? -1 : index;
        }

        /// <exception cref="ArgumentException">Neither <c>cpu</c> nor <c>cuda[:index]</c>.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0].ToUpperInvariant() switch
            {
                "CPU" => DeviceType.CPU,
                "CUDA" => DeviceType.CUDA,
                _ => throw new ArgumentException($"Unknown device '{description}': use cpu, cuda or cuda:N.", nameof(description)),
            };
            index = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : -1;
        }

        public DeviceType type { get; }

        public int index { get; }

        public override string ToString() => index < 0 ? $"{type}".ToLowerInvariant() : $"{type}:{index}".ToLowerInvariant();
    }

    public static class cuda
    {
        public static bool is_available() => Native.Bridge.tl_cuda_available() != 0;

        public static int device_count() => Native.Bridge.tl_cuda_device_count();

        public static void synchronize(Device? device = null) => Native.Bridge.Check(Native.Bridge.tl_cuda_synchronize());
    }

    public static partial class backends
    {
        public static partial class cudnn
        {
            /// <summary>Whether convolutions on a GPU may round their factors to 10 bits of mantissa.</summary>
            public static bool allow_tf32
            {
                get => Native.Bridge.tl_cudnn_tf32() != 0;
                set => Native.Bridge.Check(Native.Bridge.tl_set_cudnn_tf32(value ? 1 : 0));
            }
        }
    }

    public static bool cuda_is_available() => cuda.is_available();
}
