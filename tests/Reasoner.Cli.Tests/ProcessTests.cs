using System.Diagnostics;

namespace Reasoner.Cli.Tests;

/// <summary>The built program as a process of its own: what only the real streams and exit status can show.</summary>
public sealed class ProcessTests : TemporaryFolder
{
    [Fact]
    public void Results_diagnostics_and_status_reach_the_shell()
    {
        var rules = Write("r.srl", FamilyRules);
        var data = Write("d.ttl", FamilyData);

        var (status, output, error) = Start("infer", "--rules", rules, "--data", data, "--stats");

        Assert.Equal(0, status);
        Assert.Equal(7, output.Count(c => c == '\n'));
        Assert.StartsWith("{\"parseMs\":", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output + error);
    }

    [Fact]
    public void A_problem_is_one_line_without_a_trace()
    {
        var (status, output, error) = Start("infer", "--rules", PathOf("none.srl"), "--data", PathOf("none.nt"));

        Assert.Equal((2, ""), (status, output));
        Assert.Equal($"{PathOf("none.srl")}: error SRL0101: There is no such file.\n", error);
    }

    [Fact]
    public void Tells_its_version()
    {
        var (status, output, _) = Start("--version");

        Assert.Equal(0, status);
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    private static (int Status, string Output, string Error) Start(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
