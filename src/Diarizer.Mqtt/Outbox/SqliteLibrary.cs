using System.Reflection;
using System.Runtime.InteropServices;

namespace Diarizer.Mqtt.Outbox;

/// <summary>
/// Makes Microsoft.Data.Sqlite use the SQLite of the distribution (<c>libsqlite3.so.0</c>), which gets security updates, and where there is none
/// whatever is called <c>e_sqlite3</c>.
/// </summary>
public static class SqliteLibrary
{
    private const string Wanted = "e_sqlite3";
    private const string System = "libsqlite3.so.0";

    private static readonly Lazy<bool> Provider = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        return true;
    });

    /// <summary>Must be called before the first connection.</summary>
    /// <exception cref="UserErrorException">There is no SQLite.</exception>
    public static void Initialise()
    {
        try
        {
            _ = Provider.Value;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new UserErrorException($"{System} is missing (install it with \"apt-get install libsqlite3-0\").", e);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Wanted && NativeLibrary.TryLoad(System, out var library) ? library : 0;
}
