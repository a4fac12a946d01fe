using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

/// <summary>A folder with a worker that misbehaves, in place of the real one.</summary>
internal sealed class FakeWorker : IDisposable
{
    // What every script may use. The greeting is right unless a script says otherwise.
    private const string Prelude = """
        const frame = (kind, payload) => {
          const header = Buffer.alloc(9);
          header.write('RSNW', 'latin1');
          header[4] = kind;
          header.writeUInt32LE(payload.length, 5);
          return Buffer.concat([header, Buffer.from(payload)]);
        };
        const send = bytes => process.stdout.write(bytes);
        const greet = () => send(frame(1, [1, 0, 0, 0]));
        const onSolve = answer => process.stdin.on('data', answer);
        const optimal = frame(3, [8, 4]);
        process.stdin.resume();
        process.stdin.on('end', () => process.exit(0));

        """;

    /// <param name="script">JavaScript; the model that it is asked to solve should be an empty one.</param>
    public FakeWorker(string script)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "cp-sat", "or-tools-wasm"));
        File.WriteAllText(Path.Combine(Folder, "cp-sat", "or-tools-wasm", "package.json"), "{}");
        File.WriteAllText(Path.Combine(Folder, "cp-sat", "cp-sat-worker.mjs"), Prelude + script);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("reasoner-worker-").FullName;

    public WorkerCpSolver Solver(Func<WorkerPoolOptions, WorkerPoolOptions>? with = null) =>
        Solvers.New(SolverHost.Node, options => (with ?? (same => same))(options with { Folder = Folder }));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
