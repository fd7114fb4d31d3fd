using System.Text.Json;
using Diarizer.Training.Configuration;
using Spectre.Console;

namespace Diarizer.Training.Commands;

/// <summary>Prints results as a table, or as JSON with their names.</summary>
/// <param name="columns">A name and the cell of a result for each column; null cells everywhere leave the column out.</param>
internal sealed class ResultTable<T>(params (string Name, Func<T, string?> Cell)[] columns)
{
    private const int Padding = 2;

    public void Print(IReadOnlyList<T> results, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, ConfigurationFile.Json));
            return;
        }
        var shown = columns.Where(c => results.Any(r => c.Cell(r) is not null)).ToArray();
        string[][] cells = [.. results.Select(r => shown.Select(c => c.Cell(r) ?? "").ToArray())];
        var table = new Table().Border(TableBorder.Simple).AddColumns([.. shown.Select(c => Markup.Escape(c.Name))]);
        foreach (string[] row in cells)
            table.AddRow([.. row.Select(Markup.Escape)]);
        // A table that is wider than the terminal, or goes to a file, is not to be folded.
        int width = shown.Select((c, i) => cells.Select(row => row[i].Length).Append(c.Name.Length).Max() + 2 * Padding).Sum();
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, width);
        AnsiConsole.Write(table);
    }
}
