using System.Security.Cryptography;
using System.Text;
using Diarizer.Mqtt;

namespace Diarizer.Service.Web;

/// <summary>What visitors must know. Programs send it with each request; browsers get a cookie that can be made from the token alone, and not the other way round.</summary>
internal sealed class AccessToken
{
    private const int Shortest = 16;
    private const string Option = "Diarizer:Web:TokenFile";

    private readonly byte[] _token;

    private AccessToken(string token)
    {
        _token = Encoding.UTF8.GetBytes(token);
        Cookie = Convert.ToHexStringLower(HMACSHA256.HashData(_token, "diarizer page"u8));
    }

    /// <summary>Value of the cookie of those who gave the token.</summary>
    public string Cookie { get; }

    /// <summary>Reads it from a file or systemd credential.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is too short to be one.</exception>
    public static AccessToken Read(string file)
    {
        var token = Secret.Read(file, Option).Trim();
        return token.Length >= Shortest ? new(token)
            : throw new UserErrorException($"{Option}: the token in {file} is shorter than {Shortest} characters; make one with: openssl rand -hex 24");
    }

    /// <summary>True for the token.</summary>
    public bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(_token));

    /// <summary>True for the cookie.</summary>
    public bool IsCookie(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Cookie));
}
