namespace Diarizer.Service.Tests.Packaging;

/// <summary>What the manual says besides commands and options.</summary>
internal static class ManualSections
{
    private const string ExitStatus = """
        .SH EXIT STATUS
        .TP
        .B 0
        Done, or stopped by a signal
        .RB ( "diarizer run" ).
        .TP
        .B 1
        A fault of the program.
        .TP
        .B 2
        Something that you can mend; standard error says what, one sentence each.
        .TP
        .BR 3 ", " 4
        No daemon answers; it runs and listens to nothing
        .RB ( "diarizer status" ).
        .TP
        .B 130
        Interrupted before the work was done.

        """;

    /// <summary>Ends the page of the program.</summary>
    public const string OfProgram = """
        .SH FILES
        .TP
        .I /etc/diarizer/appsettings.json
        Configuration: rooms, broker, thresholds.
        .TP
        .I /etc/diarizer/enrolment.key
        Key of the voiceprints; made by
        .BR diarizer\-key (1).
        .TP
        .I /var/lib/diarizer
        State of the service: events that wait for the broker, voiceprints.
        .TP
        .I /usr/share/diarizer/models
        The networks.
        .TP
        .I /usr/share/doc/diarizer/examples/conversation.flac
        A recording to try with.
        .SH ENVIRONMENT
        Every setting can be given as a variable:
        .B DIARIZER__MQTT__HOST
        stands for
        .BR Diarizer:Mqtt:Host .
        .TP
        .B STATE_DIRECTORY
        Where state is kept, unless the configuration says so.

        """ + ExitStatus + """
        .SH EXAMPLE
        .nf
        diarizer file /usr/share/doc/diarizer/examples/conversation.flac
        diarizer run \-\-source hall=alsa:hw:1 \-\-broker localhost:1883
        systemctl enable \-\-now diarizer
        .fi
        .SH SEE ALSO
        .BR mosquitto_sub (1),
        .BR systemctl (1),
        .BR journalctl (1)

        """;

    /// <summary>Ends the page of a command.</summary>
    public const string OfCommand = ExitStatus + """
        .SH SEE ALSO
        .BR diarizer (1)

        """;
}
