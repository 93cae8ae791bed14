import { Profile, StringTable, ValueType } from 'pprof-format';
import { expect, test } from 'vitest';
import { endOfQuery, shiftProfile, shiftQuery } from './shift';

const TIME = 1_795_556_675_058_416_837n;

function profileAt(timeNanos: bigint | undefined): Buffer {
  const stringTable = new StringTable();
  const type = new ValueType({ type: stringTable.dedup('delay'), unit: stringTable.dedup('nanoseconds') });
  const profile = new Profile({
    stringTable,
    sampleType: [type],
    period: 1,
    durationNanos: 7,
    ...(timeNanos && { timeNanos }),
  });
  return Buffer.from(profile.encode());
}

test('moves time_nanos and nothing else', () => {
  const shifted = shiftProfile(profileAt(TIME), 3_600_000);
  expect(Profile.decode(shifted).timeNanos).toBe(TIME + 3_600_000_000_000n);
  expect(shifted).toEqual(profileAt(TIME + 3_600_000_000_000n));
});

test('moves there and back to the same bytes', () => {
  expect(shiftProfile(shiftProfile(profileAt(TIME), 86_400_000), -86_400_000)).toEqual(profileAt(TIME));
});

test('writes a time whose varint has another length', () => {
  const shifted = shiftProfile(profileAt(1_000_000n), 3_600_000);
  expect(Profile.decode(shifted).timeNanos).toBe(BigInt(3_600_001_000_000));
});

test('leaves a profile without a time alone', () => {
  expect(shiftProfile(profileAt(undefined), 1000)).toEqual(profileAt(undefined));
});

test('refuses what is no protobuf message', () => {
  expect(() => shiftProfile(Buffer.from([0x0a, 0x05, 0x00]), 1000)).toThrow('a field at byte 1 reaches beyond the end');
  expect(() => shiftProfile(Buffer.from([0x0f]), 1000)).toThrow('wire type 7 at byte 1');
  expect(() => shiftProfile(Buffer.from([0x80]), 1000)).toThrow('no varint at byte 0');
});

test('moves from and until of a query and keeps the rest', () => {
  const query = `aggregationType=&from=${TIME}&name=order-service%7Bpod%3Dorder-0%7D&until=${TIME + 10_000_000_000n}`;
  const shifted = shiftQuery(query, 1500);
  expect(shifted).toBe(
    `aggregationType=&from=${TIME + 1_500_000_000n}&name=order-service%7Bpod%3Dorder-0%7D&until=${TIME + 11_500_000_000n}`,
  );
  expect(endOfQuery(shifted) - endOfQuery(query)).toBe(1500);
});

test('refuses a query in seconds', () => {
  expect(() => shiftQuery('from=1795556675&until=1795556685', 1)).toThrow('from=1795556675 is not Unix nanoseconds');
});
