using System.Runtime.Versioning;

// The commands of the documentation are typed in bash.
[assembly: SupportedOSPlatform("linux")]
