namespace Diarizer.Service.Web;

/// <summary>Everything that the web server answers: the map of it.</summary>
internal static class WebEndpoints
{
    public static IReadOnlyList<IWebEndpoints> For() => [];
}
