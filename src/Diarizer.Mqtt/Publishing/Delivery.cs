using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Publishing;

/// <summary>A message that is sent now, and what to do when the broker has answered.</summary>
/// <param name="Message">The message.</param>
/// <param name="Acknowledged">The broker has it.</param>
/// <param name="Rejected">The broker does not take it.</param>
internal readonly record struct Delivery(MqttMessage Message, Action Acknowledged, Action Rejected);
