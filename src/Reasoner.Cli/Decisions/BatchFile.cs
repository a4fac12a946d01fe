using System.Text;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>Files of cases, and files of decisions.</summary>
internal static class BatchFile
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The cases of a table (<c>.csv</c>), or of a file with one JSON case a line.</summary>
    public static IEnumerable<BatchItem> Read(Domain domain, string path, CancellationToken cancellation) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? LabelledCases.Read(domain, path, cancellation).Select(input => new BatchItem(input.Row!.Number, input))
            : ReadLines(path, domain.Manifest.Limits.CaseBytes);

    /// <summary>Opens a file of decisions for writing.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static StreamWriter Open(string path, bool append)
    {
        try
        {
            return new StreamWriter(path, append, _utf8, bufferSize: 1 << 16) { NewLine = "\n" };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be written: {problem.Message}");
        }
    }

    /// <summary>Cuts off a last line that was not finished; says how many whole lines there are.</summary>
    public static int KeepWholeLines(string path)
    {
        if (!File.Exists(path)) return 0;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var buffer = new byte[1 << 16];
        var (lines, end) = (0, 0L);
        int read;
        for (var position = 0L; (read = stream.Read(buffer)) > 0; position += read)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] != '\n') continue;
                lines++;
                end = position + i + 1;
            }
        }

        stream.SetLength(end);
        return lines;
    }

    private static IEnumerable<BatchItem> ReadLines(string path, int maximumBytes)
    {
        using var reader = new StreamReader(InputFile.Open(path), _utf8);
        var name = Path.GetFileName(path);
        var line = new StringBuilder();
        for (long number = 1; ; number++)
        {
            line.Clear();
            int next;
            while ((next = reader.Read()) >= 0 && next != '\n')
                if (line.Length <= maximumBytes) line.Append((char)next);
            if (next < 0 && line.Length == 0) yield break;
            if (line.Length > maximumBytes)
                yield return new BatchItem(number, null, $"The line has more than {maximumBytes} bytes; give one JSON case a line.");
            else if (!string.IsNullOrWhiteSpace(line.ToString()))
                yield return new BatchItem(number, CaseInput.OfJson(_utf8.GetBytes(line.ToString().TrimEnd('\r')), $"{name} line {number}"));
        }
    }
}
