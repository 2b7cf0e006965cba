using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Care;

namespace ThreeOneOne.Field.Agent;

/// <summary>
/// Writes what the rooms log, a line each: <c>2026-11-22T09:03:00.000Z info: Category[5100] message</c>. Lines of other
/// people's code below a warning are left out. The usual console logger brings injection, options and configuration with
/// it, megabytes that a vehicle needs for nothing else.
/// </summary>
internal sealed class AgentLogs : ILoggerFactory
{
    // As many lines as may wait for a slow terminal or journal. When there are more, they are counted and left out:
    // a journal that stalls must not stall a vehicle.
    private const int LinesAhead = 2_500;

    private readonly TextWriter output;
    private readonly TimeProvider time;
    private readonly LogRing? ring;
    private readonly Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(LinesAhead) { SingleReader = true });
    private readonly Task writing;
    private long lost;

    /// <param name="output">Where lines go.</param>
    /// <param name="time">Stamps them.</param>
    /// <param name="ring">Remembers them; null for nobody.</param>
    public AgentLogs(TextWriter output, TimeProvider time, LogRing? ring = null)
    {
        (this.output, this.time, this.ring) = (output, time, ring);
        writing = Task.Run(WriteAsync);
    }

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the vehicle's log has one place");

    /// <summary>Returns when every line has been written.</summary>
    public void Dispose()
    {
        lines.Writer.TryComplete();
        writing.Wait();
    }

    private async Task WriteAsync()
    {
        await foreach (var line in lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await output.WriteLineAsync(line).ConfigureAwait(false);
                if (Interlocked.Exchange(ref lost, 0) is > 0 and var count)
                    await output.WriteLineAsync(Line(LogLevel.Warning, nameof(AgentLogs), 0, $"{count} lines were left out: they could not be written, or came faster than that", null)).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The log's disk is full: the vehicle goes on.
                Interlocked.Increment(ref lost);
            }
        }
    }

    private string Line(LogLevel level, string category, int id, string message, Exception? exception)
    {
        var word = level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {word}: {category}[{id}] {message}");
        if (exception is not null) line += " " + exception;
        return line.ReplaceLineEndings(" ");
    }

    private sealed class Lines(AgentLogs logs, string category) : ILogger
    {
        private readonly LogLevel least = category.StartsWith("Microsoft.", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Information;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var line = logs.Line(logLevel, category, eventId.Id, formatter(state, exception), exception);
            logs.ring?.Add(line);
            if (!logs.lines.Writer.TryWrite(line))
                Interlocked.Increment(ref logs.lost);
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
