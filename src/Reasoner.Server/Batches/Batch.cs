using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reasoner.Decisions;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>
/// One run through a batch: several lines are in work at a time, the answers come in the lines' order. What is in work
/// is bounded, so a client that reads slowly is read from slowly.
/// </summary>
internal sealed class Batch(DecisionPipeline pipeline, DecisionOptions choice, DecisionDesk desk, ServerOptions limits, ILogger log)
{
    private const int FlushBytes = 64 * 1024;
    private readonly Channel<Task<ReadOnlyMemory<byte>>> _inWork = Channel.CreateBounded<Task<ReadOnlyMemory<byte>>>(
        new BoundedChannelOptions(limits.BatchParallelism) { SingleReader = true, SingleWriter = true });

    private int _lines;
    private int _refused;

    /// <summary>Answers every line.</summary>
    public async Task RunAsync(PipeReader input, PipeWriter output, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(input, stop.Token);
        try
        {
            await WriteAsync(output, stop.Token);
            await reading;
        }
        finally
        {
            // Nothing of a batch goes on after its request has ended.
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_inWork.Reader.TryRead(out var line)) await ((Task)line).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            log.BatchEnded(pipeline.Domain.Name, _lines, _refused);
        }
    }

    private async Task ReadAsync(PipeReader input, CancellationToken cancellation)
    {
        try
        {
            await foreach (var line in BatchLines.ReadAsync(input, pipeline.Domain.Manifest.Limits.CaseBytes, limits.BatchBytes, cancellation))
            {
                if (line.IsBlank) continue;
                await _inWork.Writer.WaitToWriteAsync(cancellation);
                _lines = line.Number;
                if (line.Number > limits.BatchLines)
                {
                    await EndWith(ProblemKind.TooLarge.Of($"A batch may have at most {limits.BatchLines} lines; send the rest in another."), cancellation);
                    return;
                }

                await _inWork.Writer.WriteAsync(Task.Run(() => AnswerAsync(line, cancellation), CancellationToken.None), cancellation);
            }

            _inWork.Writer.Complete();
        }
        catch (Exception exception) when (exception is BadHttpRequestException or ProblemException)
        {
            _lines++;
            await EndWith(ProblemsOfCases.Of(exception)!, cancellation);
        }
        catch (Exception exception)
        {
            _inWork.Writer.Complete(exception);
            throw;
        }
    }

    private async ValueTask EndWith(Problem problem, CancellationToken cancellation)
    {
        await _inWork.Writer.WriteAsync(Task.FromResult(Refuse(problem.OnLine(_lines))), cancellation);
        _inWork.Writer.Complete();
    }

    private async Task WriteAsync(PipeWriter output, CancellationToken cancellation)
    {
        var unflushed = 0;
        await foreach (var line in _inWork.Reader.ReadAllAsync(cancellation))
        {
            if (!line.IsCompleted || unflushed >= FlushBytes)
            {
                await output.FlushAsync(cancellation);
                unflushed = 0;
            }

            var bytes = await line;
            output.Write(bytes.Span);
            unflushed += bytes.Length;
            if (_inWork.Reader.Count > 0) continue;
            await output.FlushAsync(cancellation);
            unflushed = 0;
        }

        await output.FlushAsync(cancellation);
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(BatchLine line, CancellationToken cancellation)
    {
        try
        {
            if (line.Text is null)
                throw ProblemKind.TooLarge.Refuse($"A case may have at most {pipeline.Domain.Manifest.Limits.CaseBytes} bytes.");
            var kept = await desk.DecideAsync(pipeline, CaseInput.OfJson(line.Text, CaseBody.Name), choice, DecisionText.OneLine, key: null, cancellation);
            return kept.Decision.Json;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            if (exception is StorageException storage) log.StoreFailed(storage.Message);
            return Refuse((ProblemsOfCases.Of(exception) ?? Unexpected(exception)).OnLine(line.Number));
        }
    }

    private Problem Unexpected(Exception exception)
    {
        var correlationId = Guid.CreateVersion7().ToString("N");
        log.Failed(exception, correlationId, HttpMethods.Post, "batch");
        return ProblemsOfCases.Unexpected(correlationId);
    }

    private ReadOnlyMemory<byte> Refuse(Problem problem)
    {
        Interlocked.Increment(ref _refused);
        return (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(problem, ServerJson.OneLine), (byte)'\n'];
    }
}
