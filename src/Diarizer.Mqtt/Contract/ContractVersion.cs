namespace Diarizer.Mqtt.Contract;

/// <summary>Version of the message contract: the first number changes when a consumer must change, the second when fields are added.</summary>
public static class ContractVersion
{
    /// <summary>The version written into every JSON message.</summary>
    public const string Current = "1.0";
}
