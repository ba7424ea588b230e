import type {
  PublicComplaintForm,
  PublicComplaintInput,
  PublicComplaintReceipt,
  PublicComplaintStatus,
} from '@shanshui/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from './client.ts'

/** Token and choices of the form; asked for anew when the token has expired. */
export function usePublicForm() {
  return useQuery({
    queryKey: ['public', 'form'],
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => api.get<PublicComplaintForm>('/public/complaint-form', {}, signal),
  })
}

export function useSubmitReport() {
  return useMutation({
    mutationFn: (body: PublicComplaintInput) => api.post<PublicComplaintReceipt>('/public/complaints', body),
  })
}

/** One picture after the report has its number. */
export const sendPhoto = (receipt: PublicComplaintReceipt, file: File): Promise<void> =>
  api.upload<void>(
    `/public/complaints/${encodeURIComponent(receipt.number)}/photos?token=${encodeURIComponent(receipt.photoToken)}`,
    file,
  )

/** On demand, not kept: the code is in no address and in no cache. */
export function useReportStatus() {
  return useMutation({
    mutationFn: ({ number, code }: { number: string; code: string }) =>
      api.get<PublicComplaintStatus>(`/public/complaints/${encodeURIComponent(number)}`, { code }),
  })
}
