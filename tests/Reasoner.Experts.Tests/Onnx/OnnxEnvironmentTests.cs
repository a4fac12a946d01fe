using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Reasoner.Experts.Onnx;
using Reasoner.Experts.Onnx.Format;

namespace Reasoner.Experts.Tests.Onnx;

public class OnnxEnvironmentTests
{
    [Fact]
    public void Runs_a_model_that_was_written_here() => Assert.Equal([3f, 5f], SmallModel.Run());

    [Fact]
    public void The_native_library_lies_beside_a_dependent_project()
    {
        var name = OperatingSystem.IsWindows() ? "onnxruntime.dll"
            : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, name)));
    }

    /// <summary>A process of its own with an empty home: whatever the runtime stores anywhere would show there.</summary>
    [Fact]
    public async Task Keeps_no_telemetry_store_and_writes_nothing_into_the_home_folder()
    {
        var home = Directory.CreateTempSubdirectory("reasoner-home-");
        try
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
            {
                ArgumentList = { "exec", typeof(SmallModel).Assembly.Location, SmallModel.RunArgument },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var name in (string[])["HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR", "LOCALAPPDATA"])
                start.Environment[name] = home.FullName;
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
            start.Environment.Remove("ORT_DISABLE_TELEMETRY");
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.Equal("", await errors);
            Assert.Equal("3 5", (await output).Trim());
            Assert.Empty(Directory.GetFileSystemEntries(home.FullName, "*", SearchOption.AllDirectories));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}

/// <summary>A two-number model; run by a test directly, and by this assembly's own entry point in a child process.</summary>
internal static class SmallModel
{
    public const string RunArgument = "run-small-model";

    public static float[] Run()
    {
        var graph = new OnnxGraph("small");
        var sum = graph.Apply("Add", "sum", [
            graph.Input("x", TensorProto.Types.DataType.Float, "rows", "2"),
            graph.Constant("one", [1f, 2f], 1, 2),
        ]);
        graph.Output(sum, TensorProto.Types.DataType.Float, "rows", "2");
        using var session = OnnxEnvironment.Open(graph.ToModelFile());
        using var input = OrtValue.CreateTensorValueFromMemory([2f, 3f], [1, 2]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [input], ["sum"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}

internal static class EntryPoint
{
    public static int Main(string[] arguments)
    {
        if (arguments is not [SmallModel.RunArgument]) return 2;
        Console.WriteLine(string.Join(' ', SmallModel.Run()));
        return 0;
    }
}
