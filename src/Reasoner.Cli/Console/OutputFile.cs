namespace Reasoner.Cli;

/// <summary>Where results go: a file that the user named, or standard output.</summary>
internal static class OutputFile
{
    /// <summary>
    /// Writes results. A file appears whole or not at all: it is written beside its place and moved there when it is complete.
    /// </summary>
    /// <param name="path">The file; null or <c>-</c> is standard output.</param>
    /// <param name="console">Standard output.</param>
    /// <param name="write">Writes the results to the stream that it gets.</param>
    public static T Write<T>(string? path, CommandConsole console, Func<Stream, T> write)
    {
        if (path is null or "-")
        {
            console.Flush();
            var result = write(console.Output);
            console.Output.Flush();
            return result;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"{path} cannot be written: there is no folder {folder}; make it first.");
        if (!IsReplaceable(path)) return WriteTo(path, write);
        if (File.Exists(path)) path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            var result = WriteTo(unfinished, write);
            File.Move(unfinished, path, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <inheritdoc cref="Write{T}(string?, CommandConsole, Func{Stream, T})" />
    public static void Write(string? path, CommandConsole console, Action<Stream> write) =>
        Write(path, console, stream =>
        {
            write(stream);
            return true;
        });

    /// <summary>A device or a named pipe is written to, not replaced.</summary>
    private static bool IsReplaceable(string path)
    {
        if (Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal)) return false;
        if (!File.Exists(path)) return true;
        using var existing = Create(path, FileMode.Open);
        return existing.CanSeek;
    }

    private static T WriteTo<T>(string path, Func<Stream, T> write)
    {
        using var file = Create(path, FileMode.Create);
        var result = write(file);
        file.Flush();
        return result;
    }

    private static FileStream Create(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be written: {problem.Message}");
        }
    }
}
