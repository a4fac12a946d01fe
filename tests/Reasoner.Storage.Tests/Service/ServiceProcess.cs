using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reasoner.Storage.Tests;

/// <summary><c>reasoner serve</c> as a process of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private ServiceProcess(string store)
    {
        var port = FreePort();
        _process = Process.Start(Command(["serve", "--urls", $"http://127.0.0.1:{port}", "--store", store]))!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    /// <summary>What the process has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public static string Repository { get; } = FindRepository();

    public static string SampleCase { get; } = File.ReadAllText(Path.Combine(Repository, "ontologies", "lending", "sample-case.json"));

    /// <summary>Starts the service and waits until it is ready, or only until it lives.</summary>
    public static async Task<ServiceProcess> StartAsync(string store, bool untilReady = true)
    {
        var service = new ServiceProcess(store);
        while (true)
        {
            Assert.False(service._process.HasExited, service.Output);
            try
            {
                using var response = await service.Client.GetAsync(untilReady ? "/health/ready" : "/health/live");
                if (response.IsSuccessStatusCode) return service;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Status, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Command(arguments))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>Sends the sample case with a key.</summary>
    public Task<HttpResponseMessage> DecideAsync(string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/domains/lending/decisions")
        {
            Content = new StringContent(SampleCase, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        return Client.SendAsync(request);
    }

    /// <summary>Ends the process at once (SIGKILL).</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    private static ProcessStartInfo Command(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "reasoner.dll"), .. arguments])
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__Reasoner");
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "ontologies"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
