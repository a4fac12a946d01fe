namespace Reasoner.Benchmarks;

/// <summary>The folder that the sources stand in.</summary>
internal static class Repository
{
    /// <summary>The nearest folder above the program that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The generators that other programs' inputs come from, beside the repository; null where they are not there.</summary>
    public static string? Generators { get; } =
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "peers")) is var folder && File.Exists(Path.Combine(folder, "gen.py")) ? folder : null;

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Reasoner.sln"))) return folder;
        throw new InvalidOperationException("The benchmarks run from within the repository.");
    }
}
