using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Reasoner.Experts.Onnx;

/// <summary>
/// The one door to ONNX Runtime. Its native library keeps a telemetry store under the user's cache folder and can send
/// it; a decision service must not, so telemetry is off before the runtime starts. Everything that opens a model goes
/// through here.
/// </summary>
public static partial class OnnxEnvironment
{
    /// <summary>
    /// The runtime reads this variable from the process's native environment when it starts. Its own
    /// <see cref="OrtEnv.DisableTelemetryEvents"/> comes too late: by then the store exists.
    /// </summary>
    private const string DisableTelemetry = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<OrtEnv> Silent = new(StartSilently);

    /// <summary>Starts the runtime with telemetry off, once a process; later calls cost nothing.</summary>
    /// <returns>The runtime's environment, for code that opens sessions of its own.</returns>
    /// <exception cref="ModelException">The native library is missing or does not suit this machine.</exception>
    public static OrtEnv Start()
    {
        try
        {
            return Silent.Value;
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            throw new ModelException(
                $"ONNX Runtime's native library could not be loaded on {RuntimeInformation.RuntimeIdentifier}.",
                "Build again on this machine, or publish with -r for it; linux-x64, win-x64, win-arm64 and osx-arm64 are supported.",
                missing);
        }
    }

    /// <summary>
    /// Opens a model for many small calls from many threads: each call runs on its caller's thread, which keeps single
    /// decisions in microseconds and leaves the processor's cores to other requests.
    /// </summary>
    internal static InferenceSession Open(byte[] model)
    {
        Start();
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return new InferenceSession(model, options);
    }

    private static OrtEnv StartSilently()
    {
        // .NET keeps its own copy of the environment on Unix, which native code does not see.
        Environment.SetEnvironmentVariable(DisableTelemetry, "1");
        if (!OperatingSystem.IsWindows() && SetNative(DisableTelemetry, "1", 1) != 0)
            throw new InvalidOperationException($"{DisableTelemetry} could not be set; ONNX Runtime is not started.");
        var environment = OrtEnv.Instance();
        environment.DisableTelemetryEvents();
        return environment;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
