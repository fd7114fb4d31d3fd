namespace Diarizer;

/// <summary>
/// Something the user can mend: a bad file, option, device or message. <see cref="Exception.Message"/> is one clear sentence that says
/// what is wrong and what to do about it; command lines print it alone (no stack trace) and exit with code 2.
/// </summary>
public class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
