namespace Reasoner.Conformance;

/// <summary>
/// Where the public test suites are: the folder shared/conformance beside the repository. They are not part of the
/// repository, so tests that need them are skipped, visibly, where they are absent.
/// </summary>
internal static class ConformanceData
{
    public const string Absent = "The folder shared/conformance with the public test suites is not beside this repository.";

    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "conformance");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}

/// <summary>A theory over a public suite, skipped where the suites are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SuiteTheoryAttribute : TheoryAttribute
{
    public SuiteTheoryAttribute()
    {
        if (ConformanceData.Folder is null) Skip = ConformanceData.Absent;
    }
}

/// <summary>A fact about a public suite as a whole, skipped where the suites are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SuiteFactAttribute : FactAttribute
{
    public SuiteFactAttribute()
    {
        if (ConformanceData.Folder is null) Skip = ConformanceData.Absent;
    }
}
