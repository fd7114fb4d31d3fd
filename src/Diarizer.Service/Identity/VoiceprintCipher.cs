using System.Security.Cryptography;
using System.Text;

namespace Diarizer.Service.Identity;

/// <summary>Seals records with AES-256-GCM (NIST SP 800-38D) and a random nonce for each; not safe for concurrent use.</summary>
/// <remarks>The key of the file is stretched by HKDF (RFC 5869), so that what is sealed and how keys are told apart never use the same bytes.</remarks>
internal sealed class VoiceprintCipher : IDisposable
{
    private const int Nonce = 12;
    private const int Tag = 16;

    private readonly AesGcm _aes;

    public VoiceprintCipher(byte[] key)
    {
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "diarizer voiceprint 1"u8.ToArray());
        _aes = new AesGcm(secret, Tag);
        CryptographicOperations.ZeroMemory(secret);
        KeyId = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 8, info: "diarizer key id"u8.ToArray()));
    }

    /// <summary>Tells keys apart and says nothing else about them.</summary>
    public string KeyId { get; }

    /// <summary>Nonce, tag and ciphertext.</summary>
    /// <param name="plain">What to seal.</param>
    /// <param name="context">What it belongs to; it opens with the same only.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, string context)
    {
        var sealed_ = new byte[Nonce + Tag + plain.Length];
        RandomNumberGenerator.Fill(sealed_.AsSpan(0, Nonce));
        _aes.Encrypt(sealed_.AsSpan(0, Nonce), plain, sealed_.AsSpan(Nonce + Tag), sealed_.AsSpan(Nonce, Tag), Encoding.UTF8.GetBytes(context));
        return sealed_;
    }

    /// <summary>Opens what was sealed.</summary>
    /// <exception cref="CryptographicException">Another key or context, or changed bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealed_, string context)
    {
        if (sealed_.Length < Nonce + Tag)
            throw new CryptographicException("too short");
        var plain = new byte[sealed_.Length - Nonce - Tag];
        _aes.Decrypt(sealed_[..Nonce], sealed_[(Nonce + Tag)..], sealed_.Slice(Nonce, Tag), plain, Encoding.UTF8.GetBytes(context));
        return plain;
    }

    public void Dispose() => _aes.Dispose();
}
