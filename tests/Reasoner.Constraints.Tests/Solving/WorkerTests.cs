using System.Diagnostics;
using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

/// <summary>What happens to processes, and what a request learns of it.</summary>
public sealed class WorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<SolverHost> Hosts => Solvers.HostData;

    [Theory, MemberData(nameof(Hosts))]
    public async Task Nothing_is_started_before_it_is_needed_and_one_process_serves_many(SolverHost host)
    {
        using var solver = Solvers.New(host);
        Assert.Empty(solver.WorkerIds);
        for (var i = 0; i < 3; i++) await SolveSomethingAsync(solver);
        Assert.Equal(1, solver.StartedWorkers);
        Assert.Single(solver.WorkerIds);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_process_that_is_killed_costs_its_request_alone(SolverHost host)
    {
        using var solver = Solvers.New(host);
        var request = SolveForeverAsync(solver);
        var worker = await RunningAsync(solver, 1);
        await Task.Delay(200);
        Process.GetProcessById(worker[0]).Kill();
        var failure = await Assert.ThrowsAsync<SolverException>(() => request);
        Assert.Contains("ended", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Ask again", failure.Advice, StringComparison.Ordinal);
        await SolveSomethingAsync(solver);
        Assert.NotEqual(worker, solver.WorkerIds);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Cancelling_ends_the_process_and_its_request_alone(SolverHost host)
    {
        using var solver = Solvers.New(host, options => options with { MaxWorkers = 2 });
        using var cancellation = new CancellationTokenSource();
        var cancelled = SolveForeverAsync(solver, cancellation.Token);
        var other = SolveForeverAsync(solver);
        var workers = await RunningAsync(solver, 2);
        await Task.Delay(200);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await UntilAsync(() => solver.WorkerIds.Count == 1);
        Assert.Subset(workers.ToHashSet(), solver.WorkerIds.ToHashSet());
        Assert.False(other.IsCompleted);
        await SolveSomethingAsync(solver);
        await solver.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => other);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Requests_beyond_the_number_of_processes_wait_and_are_served(SolverHost host)
    {
        using var solver = Solvers.New(host, options => options with { MaxWorkers = 2 });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SolveSomethingAsync(solver)));
        Assert.InRange(solver.StartedWorkers, 1, 2);
    }

    [Fact]
    public async Task Requests_are_served_in_the_order_of_their_arrival_and_too_many_are_refused()
    {
        using var fake = new FakeWorker("greet(); onSolve(() => setTimeout(() => send(optimal), 20));");
        using var solver = fake.Solver(options => options with { MaxWorkers = 1, MaxWaiting = 4 });
        var done = new List<int>();
        async Task AskAsync(int number)
        {
            await solver.SolveAsync(new CpModel());
            lock (done) done.Add(number);
        }

        var requests = Enumerable.Range(0, 5).Select(AskAsync).ToArray();
        using var cancellation = new CancellationTokenSource();
        var refused = await Assert.ThrowsAsync<SolverException>(() => solver.SolveAsync(new CpModel()));
        Assert.Contains("4 models wait", refused.Message, StringComparison.Ordinal);
        await Task.WhenAll(requests);
        Assert.Equal([0, 1, 2, 3, 4], done);
    }

    [Fact]
    public async Task A_request_that_waits_can_be_cancelled()
    {
        using var fake = new FakeWorker("greet();");
        using var solver = fake.Solver(options => options with { MaxWorkers = 1 });
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var running = solver.SolveAsync(new CpModel(), cancellation: first.Token);
        var waiting = solver.SolveAsync(new CpModel(), cancellation: second.Token);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(running.IsCompleted);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Processes_are_replaced_after_so_many_solves(SolverHost host)
    {
        using var solver = Solvers.New(host, options => options with { RecycleAfterSolves = 2 });
        for (var i = 0; i < 3; i++) await SolveSomethingAsync(solver);
        Assert.Equal(2, solver.StartedWorkers);
        Assert.Single(solver.WorkerIds);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Processes_that_have_grown_are_replaced(SolverHost host)
    {
        using var solver = Solvers.New(host, options => options with { RecycleAboveBytes = 1 });
        for (var i = 0; i < 2; i++) await SolveSomethingAsync(solver);
        Assert.Equal(2, solver.StartedWorkers);
        Assert.Empty(solver.WorkerIds);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_process_that_grows_too_large_is_ended(SolverHost host)
    {
        using var solver = Solvers.New(host, options => options with { MaxWorkerBytes = 1 });
        var failure = await Assert.ThrowsAsync<SolverException>(() => SolveForeverAsync(solver));
        Assert.Contains("MB of memory", failure.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Idle_processes_end(SolverHost host)
    {
        using var solver = Solvers.New(host, options => options with { IdleTimeout = TimeSpan.FromMilliseconds(100) });
        await SolveSomethingAsync(solver);
        await UntilAsync(() => solver.WorkerIds.Count == 0);
        await SolveSomethingAsync(solver);
        Assert.Equal(2, solver.StartedWorkers);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Disposing_ends_all_processes_and_requests(SolverHost host)
    {
        var solver = Solvers.New(host, options => options with { MaxWorkers = 2 });
        Task[] requests = [SolveForeverAsync(solver), SolveForeverAsync(solver), SolveForeverAsync(solver)];
        var workers = await RunningAsync(solver, 2);
        await solver.DisposeAsync();
        foreach (var request in requests) await Assert.ThrowsAsync<ObjectDisposedException>(() => request);
        foreach (var worker in workers) await UntilAsync(() => !IsRunning(worker));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => solver.SolveAsync(new CpModel()));
        await solver.DisposeAsync();
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_process_ends_in_the_middle_of_a_solve_when_its_parent_has_gone(SolverHost host)
    {
        var program = Assert.Single(WorkerProgram.Candidates(new WorkerPoolOptions { Host = host }));
        using var process = Process.Start(program.ToStartInfo())!;
        var greeting = await WorkerFrame.ReadAsync(process.StandardOutput.BaseStream, 1000, CancellationToken.None);
        Assert.Equal(WorkerFrameKind.Hello, greeting!.Value.Kind);
        var (model, options) = Solvers.Endless();
        var bytes = model.ToBytes();
        await WorkerFrame.WriteAsync(
            process.StandardInput.BaseStream, WorkerFrameKind.Solve, CancellationToken.None, BitConverter.GetBytes(bytes.Length), bytes, options.ToBytes());
        await Task.Delay(500);
        Assert.False(process.HasExited);
        // What the system does to the pipes of a process that ends.
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_frame_that_means_nothing_ends_the_process_with_a_word(SolverHost host)
    {
        foreach (var bytes in (byte[][])["GET / HTTP/1.1"u8.ToArray(), [.. "RSNW"u8, 2, 255, 255, 255, 255], [.. "RSNW"u8, 9, 0, 0, 0, 0]])
        {
            var program = Assert.Single(WorkerProgram.Candidates(new WorkerPoolOptions { Host = host }));
            using var process = Process.Start(program.ToStartInfo())!;
            await process.StandardInput.BaseStream.WriteAsync(bytes);
            await process.StandardInput.BaseStream.FlushAsync();
            using var patience = new CancellationTokenSource(Patience);
            Assert.Contains("frame", await process.StandardError.ReadToEndAsync(patience.Token), StringComparison.Ordinal);
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal(3, process.ExitCode);
        }
    }

    [Fact]
    public async Task A_missing_Node_is_said_to_be_missing()
    {
        using var solver = Solvers.New(SolverHost.Node, options => options with { NodePath = "/nowhere/node" });
        var failure = await Assert.ThrowsAsync<SolverException>(() => SolveSomethingAsync(solver));
        Assert.Contains("/nowhere/node", failure.Message, StringComparison.Ordinal);
        Assert.Contains("REASONER_NODE", failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SolverHost.Node)]
    [InlineData(SolverHost.Native)]
    [InlineData(SolverHost.Auto)]
    public async Task Missing_files_are_said_to_be_missing(SolverHost host)
    {
        using var solver = Solvers.New(host, options => options with { Folder = "/nowhere" });
        var failure = await Assert.ThrowsAsync<SolverException>(() => SolveSomethingAsync(solver));
        Assert.Contains("/nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process.stderr.write('no such luck\\n'); process.exitCode = 7; process.stdin.destroy();", "exit status 7", "no such luck")]
    [InlineData("send('Welcome to Node.js!');", "does not start as a frame does")]
    [InlineData("send(Buffer.from('RSNW\\x01\\xff\\xff\\xff\\xff', 'latin1'));", "4294967295 bytes long")]
    [InlineData("send(Buffer.from('RSNW\\x01\\x10\\x00\\x00\\x00abc', 'latin1')); process.stdin.destroy();", "in the middle of an answer")]
    [InlineData("send(frame(3, []));", "kind 3 instead of a greeting")]
    [InlineData("send(frame(1, [2, 0, 0, 0]));", "version 2 of the protocol")]
    public async Task A_process_that_starts_wrongly_is_refused_with_the_reason(string script, params string[] reasons)
    {
        using var fake = new FakeWorker(script);
        using var solver = fake.Solver();
        var failure = await Assert.ThrowsAsync<SolverException>(() => solver.SolveAsync(new CpModel()));
        Assert.All(reasons, reason => Assert.Contains(reason, failure.Message, StringComparison.Ordinal));
        Assert.Empty(solver.WorkerIds);
    }

    [Theory]
    [InlineData("send('garbage')", "does not start as a frame does")]
    [InlineData("send(Buffer.from('RSNW\\x03\\xff\\xff\\xff\\x7f', 'latin1'))", "2147483647 bytes long")]
    [InlineData("send(frame(3, [0xff, 0xff]))", "cannot be read")]
    [InlineData("send(frame(3, [8, 4, 16, 1]))", "1 values for 0 variables")]
    [InlineData("send(frame(4, 'out of luck'))", "failed: out of luck")]
    [InlineData("send(frame(1, []))", "frame of kind 1")]
    [InlineData("process.exit(5)", "exit status 5")]
    public async Task A_process_that_answers_wrongly_costs_its_request_alone(string answer, string reason)
    {
        // The first process answers wrongly, those after it well.
        using var fake = new FakeWorker(
            $$"""
            import { existsSync, writeFileSync } from 'node:fs';
            greet();
            onSolve(() => {
              const been = new URL('been', import.meta.url);
              if (existsSync(been)) return send(optimal);
              writeFileSync(been, '');
              {{answer}};
            });
            """);
        using var solver = fake.Solver();
        var failure = await Assert.ThrowsAsync<SolverException>(() => solver.SolveAsync(new CpModel()));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(CpStatus.Optimal, (await solver.SolveAsync(new CpModel())).Status);
        Assert.Equal(2, solver.StartedWorkers);
    }

    [Fact]
    public async Task A_process_that_does_not_start_in_time_is_ended()
    {
        using var fake = new FakeWorker("");
        using var solver = fake.Solver(options => options with { StartTimeout = TimeSpan.FromSeconds(1) });
        var failure = await Assert.ThrowsAsync<SolverException>(() => solver.SolveAsync(new CpModel()));
        Assert.Contains("did not start within 1 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_does_not_answer_in_time_is_ended()
    {
        using var fake = new FakeWorker("greet();");
        using var solver = fake.Solver(options => options with { Grace = TimeSpan.FromSeconds(1) });
        var failure = await Assert.ThrowsAsync<SolverException>(
            () => solver.SolveAsync(new CpModel(), new CpSolverOptions { TimeLimit = TimeSpan.FromSeconds(1) }));
        Assert.Contains("did not answer within 2 s", failure.Message, StringComparison.Ordinal);
        Assert.Empty(solver.WorkerIds);
    }

    [Fact]
    public async Task A_process_that_dies_while_idle_is_replaced_unnoticed()
    {
        using var fake = new FakeWorker("greet(); onSolve(() => { send(optimal); setTimeout(() => process.exit(0), 20); });");
        using var solver = fake.Solver();
        await solver.SolveAsync(new CpModel());
        await UntilAsync(() => solver.WorkerIds.Count == 0);
        Assert.Equal(CpStatus.Optimal, (await solver.SolveAsync(new CpModel())).Status);
    }

    [Fact]
    public async Task A_model_larger_than_a_message_may_be_is_not_sent()
    {
        using var solver = Solvers.New(SolverHost.Node, options => options with { MaxFrameBytes = 1024 });
        var model = new CpModel();
        for (var i = 0; i < 500; i++) model.NewBool("a name that takes some room");
        var failure = await Assert.ThrowsAsync<SolverException>(() => solver.SolveAsync(model));
        Assert.Contains("1024 are allowed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, solver.StartedWorkers);
    }

    [Fact]
    public async Task Options_out_of_range_are_refused()
    {
        using var solver = Solvers.New(SolverHost.Node);
        var failure = await Assert.ThrowsAsync<SolverException>(() => solver.SolveAsync(new CpModel(), new CpSolverOptions { Threads = 0 }));
        Assert.Contains("Threads", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerCpSolver(new WorkerPoolOptions { MaxWorkers = 0 }));
    }

    [Fact]
    public async Task Auto_takes_Node_where_the_native_worker_does_not_start()
    {
        if (OperatingSystem.IsWindows()) return;
        using var fake = new FakeWorker("greet(); onSolve(() => send(optimal));");
        var native = Path.Combine(Directory.CreateDirectory(Path.Combine(fake.Folder, "cp-sat-native")).FullName, "Reasoner.Constraints.Worker");
        await File.WriteAllTextAsync(native, "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(native, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var solver = fake.Solver(options => options with { Host = SolverHost.Auto });
        Assert.Equal(CpStatus.Optimal, (await solver.SolveAsync(new CpModel())).Status);
        Assert.Equal(1, solver.StartedWorkers);
    }

    [Fact]
    public void The_native_worker_is_tested_where_its_library_exists()
    {
        // Where it is silently missing, half of these tests would be too.
        var isExpected = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows();
        Assert.Equal(isExpected, Solvers.Hosts.Contains(SolverHost.Native));
    }

    private static async Task SolveSomethingAsync(WorkerCpSolver solver)
    {
        var model = new CpModel();
        var (x, y) = (model.NewBool(), model.NewBool());
        model.AddExactlyOne(x, y);
        model.Maximize(new CpSum().Add(x, 2).Add(y));
        Assert.Equal(2, (await solver.SolveAsync(model, new CpSolverOptions { TimeLimit = Patience })).Objective);
    }

    private static async Task SolveForeverAsync(WorkerCpSolver solver, CancellationToken cancellation = default)
    {
        var (model, options) = Solvers.Endless();
        await solver.SolveAsync(model, options, cancellation);
    }

    private static async Task<IReadOnlyList<int>> RunningAsync(WorkerCpSolver solver, int count)
    {
        await UntilAsync(() => solver.WorkerIds.Count == count);
        return solver.WorkerIds;
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var started = Stopwatch.GetTimestamp(); !holds(); await Task.Delay(20))
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "What was waited for did not happen.");
    }
}
