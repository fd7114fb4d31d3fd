using System.Runtime.InteropServices;

namespace Diarizer.Audio.Native;

/// <summary>Hardware and software parameters, status and device hints of libasound.</summary>
internal static partial class AsoundParameters
{
    private const string Library = Asound.Library;

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_malloc")]
    public static partial int NewHardware(out nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_free")]
    public static partial void FreeHardware(nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_any")]
    public static partial int Any(PcmHandle pcm, nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params")]
    public static partial int Apply(PcmHandle pcm, nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_access")]
    public static partial int SetAccess(PcmHandle pcm, nint parameters, int access);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_test_format")]
    public static partial int TestFormat(PcmHandle pcm, nint parameters, int format);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_format")]
    public static partial int SetFormat(PcmHandle pcm, nint parameters, int format);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_rate_resample")]
    public static partial int SetRateResample(PcmHandle pcm, nint parameters, uint allowed);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_channels_near")]
    public static partial int SetChannelsNear(PcmHandle pcm, nint parameters, ref uint channels);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_rate_near")]
    public static partial int SetRateNear(PcmHandle pcm, nint parameters, ref uint rate, nint direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_buffer_time_near")]
    public static partial int SetBufferTimeNear(PcmHandle pcm, nint parameters, ref uint microseconds, nint direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_period_time_near")]
    public static partial int SetPeriodTimeNear(PcmHandle pcm, nint parameters, ref uint microseconds, nint direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_channels_max")]
    public static partial int GetMostChannels(nint parameters, out uint channels);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_channels")]
    public static partial int GetChannels(nint parameters, out uint channels);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_rate")]
    public static partial int GetRate(nint parameters, out uint rate, nint direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_format")]
    public static partial int GetFormat(nint parameters, out int format);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_buffer_size")]
    public static partial int GetBufferSize(nint parameters, out nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_period_size")]
    public static partial int GetPeriodSize(nint parameters, out nuint frames, nint direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_malloc")]
    public static partial int NewSoftware(out nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_free")]
    public static partial void FreeSoftware(nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_current")]
    public static partial int Current(PcmHandle pcm, nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_get_boundary")]
    public static partial int GetBoundary(nint parameters, out nuint boundary);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_stop_threshold")]
    public static partial int SetStopThreshold(PcmHandle pcm, nint parameters, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_avail_min")]
    public static partial int SetAvailableMinimum(PcmHandle pcm, nint parameters, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_tstamp_mode")]
    public static partial int SetTimestampMode(PcmHandle pcm, nint parameters, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_tstamp_type")]
    public static partial int SetTimestampType(PcmHandle pcm, nint parameters, int type);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params")]
    public static partial int ApplySoftware(PcmHandle pcm, nint parameters);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_malloc")]
    public static partial int NewStatus(out nint status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_free")]
    public static partial void FreeStatus(nint status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status")]
    public static partial int Status(PcmHandle pcm, nint status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_get_avail")]
    public static partial nuint StatusAvailable(nint status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_get_trigger_htstamp")]
    public static partial void StatusTriggerTime(nint status, out TimeSpec time);

    [LibraryImport(Library, EntryPoint = "snd_device_name_hint", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Hints(int card, string kind, out nint hints);

    [LibraryImport(Library, EntryPoint = "snd_device_name_free_hint")]
    public static partial int FreeHints(nint hints);

    [LibraryImport(Library, EntryPoint = "snd_device_name_get_hint", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Hint(nint hint, string key);

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;

        public readonly long TotalNanoseconds => Seconds * 1_000_000_000L + Nanoseconds;
    }
}
