"""Values of G.711 codes for RtpDecoderTests, by Python's audioop (removed in 3.13)."""
import audioop

CODES = bytes([0x00, 0x01, 0x0F, 0x10, 0x2A, 0x55, 0x7E, 0x7F, 0x80, 0x8F, 0xAA, 0xD5, 0xFE, 0xFF])
for name, law in (("mu", audioop.ulaw2lin), ("A", audioop.alaw2lin)):
    data = law(CODES, 2)
    print(name, [int.from_bytes(data[i:i + 2], "little", signed=True) for i in range(0, len(data), 2)])
