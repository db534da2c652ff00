import { apiClient } from '@mytradex/api';

class RequestBatcher {
private batch: Array<{ url: string; config?: any; resolve: Function; reject: Function }> = [];
private batchTimeout: NodeJS.Timeout | null = null;
private readonly batchSize = 10;
private readonly batchDelay = 100; // ms

async request(url: string, config?: any): Promise<any> {
return new Promise((resolve, reject) => {
this.batch.push({ url, config, resolve, reject });

if (this.batch.length >= this.batchSize) {
this.flushBatch();
} else if (!this.batchTimeout) {
this.batchTimeout = setTimeout(() => this.flushBatch(), this.batchDelay);
}
});
}

private flushBatch(): void {
if (this.batch.length === 0) return;

const currentBatch = this.batch.splice(0, this.batchSize);
this.batchTimeout = null;

// Process batch
Promise.allSettled(
currentBatch.map(({ url, config, resolve, reject }) =>
apiClient.get(url, config)
.then(response => resolve(response))
.catch(error => reject(error))
)
).then((results) => {
results.forEach((result, index) => {
const { resolve, reject } = currentBatch[index];
if (result.status === 'fulfilled') {
resolve(result.value);
} else {
reject(result.reason);
}
});
});
}
}

export const batchedApiClient = new RequestBatcher();
