using System.CommandLine;
using Reasoner.Storage;

namespace Reasoner.Cli;

/// <summary>The option that says where decisions are kept, and what it is without.</summary>
internal static class StoreOption
{
    /// <summary>Holds a connection string, which keeps its password out of the list of processes.</summary>
    private const string ConnectionVariable = "ConnectionStrings__Reasoner";

    /// <summary>Names the folder for the program's own data.</summary>
    private const string FolderVariable = "REASONER_DATA";

    /// <summary><c>--store</c>.</summary>
    public static Option<string?> Make(string otherwise) => new("--store")
    {
        Description = $"Where decisions are kept: a file, {otherwise}or a connection string of PostgreSQL; without it what {ConnectionVariable} says, or reasoner.db in the data folder ({FolderVariable}, or the user's own)",
        HelpName = "STORE",
    };

    /// <summary>The store that was asked for.</summary>
    /// <exception cref="StorageException">It is not understood.</exception>
    public static StoreAddress Read(ParseResult arguments, Option<string?> option) =>
        (arguments.GetValue(option) ?? NonEmpty(ConnectionVariable)) is { } text ? StoreAddress.Parse(text) : StoreAddress.OfFile(Path.Combine(DataFolder(), "reasoner.db"));

    private static string DataFolder()
    {
        var folder = NonEmpty(FolderVariable);
        if (folder is null)
        {
            var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            if (own.Length == 0) throw new UsageException($"This user has no folder for data; name a file with --store, or a folder with {FolderVariable}.");
            folder = Path.Combine(own, "reasoner");
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The data folder {folder} cannot be made ({problem.Message}); name another with {FolderVariable}, or a file with --store.");
        }

        return folder;
    }

    private static string? NonEmpty(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
