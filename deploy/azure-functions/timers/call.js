// The name of a timer function is the cron endpoint that it calls. An answer other than 200 makes the function fail,
// which the app's log shows.
module.exports = async (context) => {
  const { IMPORTONCE_URL, CRON_SECRET } = process.env;
  const answer = await fetch(`${IMPORTONCE_URL}/api/cron/${context.executionContext.functionName}?budget=PT50S`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CRON_SECRET}` },
    signal: AbortSignal.timeout(110_000),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  context.log(text);
};
