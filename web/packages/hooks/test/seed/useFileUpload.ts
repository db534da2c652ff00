import { useState } from 'react';
import { apiClient } from '@mytradex/api';

export const useFileUpload = () => {
const [progress, setProgress] = useState(0);
const [isUploading, setIsUploading] = useState(false);

const uploadFile = async (file: File, onProgress?: (progress: number) => void): Promise<string> => {
setIsUploading(true);
setProgress(0);

const formData = new FormData();
formData.append('file', file);

try {
const response = await apiClient.post('/upload', formData, {
headers: {
'Content-Type': 'multipart/form-data',
},
onUploadProgress: (progressEvent) => {
if (progressEvent.total) {
const progress = Math.round((progressEvent.loaded * 100) / progressEvent.total);
setProgress(progress);
onProgress?.(progress);
}
},
});

return response.data.fileId;
} finally {
setIsUploading(false);
}
};

return {
uploadFile,
progress,
isUploading,
};
};
