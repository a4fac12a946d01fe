namespace Reasoner.Cli;

/// <summary>Files that the user names.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading from start to end.</summary>
    /// <exception cref="UsageException">It cannot be opened; the message names it as the user did.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException(Directory.Exists(path)
                ? $"{path} is a folder; name a file in it."
                : problem is FileNotFoundException or DirectoryNotFoundException
                    ? $"there is no file {path}; check the name and the folder."
                    : $"{path} cannot be read: {problem.Message}");
        }
    }
}
